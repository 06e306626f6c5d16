"""`taleshelf publish s3` against a server that answers as S3 and CloudFront do."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.delivery.headers import FOREVER, PAGE, RULES
from tests.delivery.conftest import BUCKET, Publisher
from tests.delivery.sites import find_broken, make_site, write_site
from tests.fakes.aws import KEYS, list_forgotten
from tests.running import run

LISTING, NOTE = 1, 1


def publish(publisher: Publisher, files: dict[str, str]) -> None:
    """Publish these files, from a folder that was made anew."""
    renew(publisher, files)
    assert publisher.run() == 0, publisher.said


def renew(publisher: Publisher, files: dict[str, str]) -> None:
    """Have a site of these files and no others, and a gate that has seen nothing."""
    shutil.rmtree(publisher.site, ignore_errors=True)
    write_site(publisher.site, files)
    publisher.gate.passed.clear()


def count(publisher: Publisher) -> Counter[str]:
    return Counter(passed.method for passed in publisher.gate.passed)


def sent(publisher: Publisher) -> list[str]:
    """Return the paths that were sent, in their order, without the note."""
    start = f"/{BUCKET}/{publisher.prefix}"
    paths = [p.path.removeprefix(start) for p in publisher.gate.passed if p.method == "PUT"]
    return [path for path in paths if not path.startswith(".taleshelf")]


def test_a_first_publication_sends_everything_with_its_type_and_lifetime(publisher: Publisher) -> None:
    files = make_site(3)
    publish(publisher, files)
    assert publisher.read() == files
    heads = {
        path: publisher.client.head_object(Bucket=BUCKET, Key=f"{publisher.prefix}{path}")
        for path in ("index.html", "stories/1/narration.mp3", "assets/stylesheets/main.11111111.min.css")
    }
    page, sound, style = heads.values()
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", PAGE)
    assert sound["ContentType"] == "audio/mpeg"
    assert style["CacheControl"] == FOREVER
    assert list_forgotten(publisher.moto, publisher.distribution) == []


def test_one_more_story_sends_what_changed_and_nothing_else(publisher: Publisher) -> None:
    before, after = make_site(3), make_site(4)
    publish(publisher, before)
    publish(publisher, after)
    changed = {path for path, text in after.items() if before.get(path) != text}
    assert sorted(sent(publisher)) == sorted(changed)
    assert publisher.read() == after
    assert count(publisher) == {"GET": LISTING + NOTE, "PUT": len(changed) + 2 * NOTE, "POST": 2}
    assert list_forgotten(publisher.moto, publisher.distribution) == [
        [
            "/",
            "/find/parts.json",
            "/index.html",
            "/podcast.xml",
            "/sitemap.xml",
            "/stories/",
            "/stories/3/",
            "/stories/3/index.html",
            "/stories/3/listen.json",
            "/stories/index.html",
        ]
    ]


def test_media_come_first_then_pages_then_feeds_then_the_home_page(publisher: Publisher) -> None:
    publish(publisher, make_site(3))
    publish(publisher, make_site(4))
    order = sent(publisher)
    at = {path: order.index(path) for path in order}
    media = [at[path] for path in ("stories/4/cover.webp", "stories/4/narration.mp3", "stories/4/listen.json")]
    assert max(media) < at["stories/4/index.html"] < min(at["stories/3/index.html"], at["stories/index.html"])
    assert max(at["stories/3/index.html"], at["stories/index.html"]) < min(at["podcast.xml"], at["sitemap.xml"])
    assert order[-1] == "index.html"


def test_a_publication_without_a_change_only_looks(publisher: Publisher) -> None:
    publish(publisher, make_site(3))
    publish(publisher, make_site(3))
    assert count(publisher) == {"GET": LISTING + NOTE}
    assert "Nothing changed" in publisher.said


def test_an_edit_that_keeps_the_size_is_sent(publisher: Publisher) -> None:
    files = make_site(3)
    publish(publisher, files)
    files["stories/2/narration.mp3"] = files["stories/2/narration.mp3"].swapcase()
    publish(publisher, files)
    assert sent(publisher) == ["stories/2/narration.mp3"]


def test_a_story_that_is_taken_down_goes_with_its_media_and_edges_forget_it(publisher: Publisher) -> None:
    publish(publisher, make_site(4))
    after = make_site(4, without=2)
    publish(publisher, after)
    assert publisher.read() == after
    (forgotten,) = list_forgotten(publisher.moto, publisher.distribution)
    assert {"/stories/2/", "/stories/2/index.html", "/stories/2/cover.webp", "/stories/2/narration.mp3"} <= set(
        forgotten
    )


def test_a_place_with_files_of_others_is_left_alone_unless_it_is_adopted(publisher: Publisher) -> None:
    publisher.client.put_object(Bucket=BUCKET, Key=f"{publisher.prefix}thesis.pdf", Body=b"years of work")
    write_site(publisher.site, make_site(2))
    assert publisher.run() == 5
    assert "holds 1 files that are not of this site" in publisher.said
    assert publisher.read() == {"thesis.pdf": "years of work"}
    assert publisher.run("--adopt") == 0
    assert publisher.read() == make_site(2)


def test_what_others_sent_and_what_older_rules_sent_is_sent_again(publisher: Publisher) -> None:
    files = make_site(2)
    for path, text in files.items():
        publisher.client.put_object(Bucket=BUCKET, Key=f"{publisher.prefix}{path}", Body=text.encode())
    publish(publisher, files)
    assert sorted(sent(publisher)) == sorted(files)
    head = publisher.client.head_object(Bucket=BUCKET, Key=f"{publisher.prefix}index.html")
    assert head["ContentType"] == "text/html; charset=utf-8"
    note = f"{publisher.prefix}.taleshelf/publish.json"
    old = publisher.client.get_object(Bucket=BUCKET, Key=note)["Body"].read().replace(RULES.encode(), b"older")
    publisher.client.put_object(Bucket=BUCKET, Key=note, Body=old)
    publish(publisher, files)
    assert sorted(sent(publisher)) == sorted(files)
    publish(publisher, files)
    assert sent(publisher) == []


def test_busy_servers_are_asked_again(publisher: Publisher) -> None:
    publisher.gate.answer = lambda number: 503 if number % 3 == 1 else 0
    publish(publisher, make_site(2))
    publisher.gate.answer = lambda number: 0
    assert publisher.read() == make_site(2)


@pytest.mark.parametrize(
    ("status", "code", "word"), [(500, 4, "Run it again"), (403, 5, "may not do this"), (400, 5, "not accepted")]
)
def test_a_server_that_fails_is_one_sentence_and_says_whether_to_try_again(
    publisher: Publisher, status: int, code: int, word: str
) -> None:
    write_site(publisher.site, make_site(1))
    publisher.gate.answer = lambda number: status
    assert publisher.run() == code
    assert word in publisher.said
    assert publisher.said.count("\n") == 2


def test_what_cloudfront_has_no_time_for_is_asked_again_by_the_next_run(publisher: Publisher) -> None:
    publish(publisher, make_site(3))
    publisher.gate.says = (
        b"<ErrorResponse><Error><Type>Sender</Type><Code>TooManyInvalidationsInProgress</Code>"
        b"<Message>canary</Message></Error><RequestId>1</RequestId></ErrorResponse>"
    )
    publisher.gate.answer = lambda number: 400 * publisher.gate.passed[number - 1].path.endswith("/invalidation")
    renew(publisher, make_site(4))
    assert publisher.run() == 4
    assert "Run it again" in publisher.said
    assert "canary" not in publisher.said
    assert publisher.read() == make_site(4)
    publisher.gate.answer = lambda number: 0
    assert publisher.run() == 0
    assert "Sent 0 of 26 files" in publisher.said
    assert "CloudFront forgets 10 addresses" in publisher.said


def test_answers_that_are_lost_on_their_way_are_asked_for_again(publisher: Publisher) -> None:
    publisher.gate.ask = lambda number: number % 4 != 2
    publish(publisher, make_site(2))
    assert publisher.read() == make_site(2)


def test_a_site_under_a_path_is_forgotten_under_that_path(publisher: Publisher) -> None:
    (publisher.root / "mkdocs.yml").write_text("site_name: Tales\nsite_url: https://example.org/tales/\n")
    publish(publisher, make_site(2))
    publish(publisher, make_site(2) | {"podcast.xml": "<rss/>", "index.html": "new"})
    assert list_forgotten(publisher.moto, publisher.distribution) == [
        ["/tales/", "/tales/index.html", "/tales/podcast.xml"]
    ]


def test_a_bucket_that_is_not_there_is_one_sentence(publisher: Publisher) -> None:
    write_site(publisher.site, make_site(1))
    assert publisher.run("--bucket", "nobody-has-this-one") == 5
    assert "404 NoSuchBucket" in publisher.said


def test_a_bucket_whose_tags_are_no_md5_is_refused_at_the_first_file(publisher: Publisher) -> None:
    write_site(publisher.site, make_site(1))
    publisher.gate.etag = '"0123456789abcdef0123456789abcdef"'
    assert publisher.run() == 5
    assert "SSE-S3" in publisher.said
    assert publisher.read() == {}


def test_flags_come_before_settings_and_wrong_ones_are_exit_2(publisher: Publisher) -> None:
    write_site(publisher.site, make_site(1))
    assert publisher.run("--bucket", "Not A Bucket") == 2
    assert "--bucket: 'Not A Bucket' is not the name of a bucket" in publisher.said
    assert publisher.run("--prefix", f"{publisher.prefix}inner/") == 0
    assert set(publisher.read()) == {f"inner/{path}" for path in [*make_site(1), ".taleshelf/publish.json"]}


def test_the_real_program_publishes_and_keeps_its_keys_to_itself(publisher: Publisher) -> None:
    from tests.fakes.aws import make_variables

    write_site(publisher.site, make_site(1))
    ran = run(publisher.root, "publish", "s3", **make_variables(publisher.gate.address))
    assert ran.code == 0, ran.err
    assert not any(secret in ran.out + ran.err for secret in KEYS.values())
    assert "Sent 14 of 14 files" in ran.out


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ('[publish.s3]\nbucket = "a"', "[publish.s3] bucket: 'a' is not the name of a bucket"),
        ('[publish.s3]\nprefix = "../x"', "[publish.s3] prefix: '../x' is not a folder"),
        ('[publish.s3]\nregion = "Frankfurt"', "[publish.s3] region: 'Frankfurt' is not a region"),
        ("[publish.s3]\ndistribution = 7", "[publish.s3] distribution: 7 is not the id"),
        ('[publish.s3]\nbuckets = "x"', "[publish.s3] buckets: unknown (did you mean 'bucket'?)"),
        ('[publish.s4]\nbucket = "x"', "[publish.s4]: unknown (did you mean 'publish.s3'?)"),
        ('[publish]\ns3 = "x"', "[publish] s3: unknown (known: to)"),
    ],
)
def test_settings_are_read_strictly(publisher: Publisher, settings: str, complaint: str) -> None:
    (publisher.root / "taleshelf.toml").write_text(settings)
    assert publisher.run() == 2
    assert complaint in publisher.said


def test_nothing_is_published_without_a_bucket_a_site_or_with_a_link_in_it(publisher: Publisher) -> None:
    assert publisher.run() == 2
    assert "there is no built site" in publisher.said
    write_site(publisher.site, make_site(1))
    (publisher.site / "secret").symlink_to("/etc/hostname")
    assert publisher.run() == 5
    assert "'secret' in the site is a link" in publisher.said
    (publisher.root / "taleshelf.toml").write_text("")
    assert publisher.run() == 2
    assert "no bucket is set" in publisher.said
    assert publisher.gate.passed == []


def test_hidden_files_stay_at_home_but_for_those_that_are_well_known(publisher: Publisher) -> None:
    files = make_site(1) | {".well-known/security.txt": "Contact: me"}
    publish(publisher, files | {".taleshelf": "stamp", "assets/.DS_Store": "x"})
    assert publisher.read() == files


def test_the_sites_of_these_tests_are_whole_and_a_missing_file_would_be_seen(tmp_path: Path) -> None:
    files = make_site(4, without=2)
    assert find_broken(files) == []
    del files["stories/3/narration.mp3"]
    assert find_broken(files) == ["stories/3/index.html -> stories/3/narration.mp3"]
