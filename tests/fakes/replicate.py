"""Replicate as its SDK sees it: predictions that take a while, versions of models, and the files that come out."""

import re
import zlib

from tests.fakes.faults import Rule
from tests.fakes.media import Media
from tests.fakes.wire import Answer, Asked, Job, State, answer_json

ROUTES = (
    ("POST", r"/v1/predictions", "replicate.create"),
    ("POST", r"/v1/models/([^/]+)/([^/]+)/predictions", "replicate.create"),
    ("POST", r"/v1/predictions/([^/]+)/cancel", "replicate.cancel"),
    ("GET", r"/v1/predictions/([^/]+)", "replicate.poll"),
    ("GET", r"/v1/models/([^/]+)/([^/]+)", "replicate.model"),
    ("GET", r"/v1/models/([^/]+)/([^/]+)/versions/([^/]+)", "replicate.version"),
    ("GET", r"/files/([^/]+)/out-(\d+)\.(png|jpg|jpeg|webp)", "replicate.file"),
)
NSFW = "NSFW content detected. Try running it again, or try a different prompt."
VERSION = "c846a69991daf4c0e5d016514849d14ee5b2e6846ce6b9d6f21369e564cfe51e"
MADE = "2026-11-21T03:07:00.000Z"
_ERRORS = {
    400: ("Bad request", "The request could not be read."),
    401: ("Unauthenticated", "You did not pass a valid authentication token: {secret}"),
    403: ("Forbidden", "You do not have permission to perform this action."),
    404: ("Not found", "The requested resource could not be found."),
    429: ("Too many requests", "Request was throttled. Expected available in 1 second."),
    500: ("Internal Server Error", "There was an error processing your request."),
}
_SIZES = {"1:1": (1024, 1024), "16:9": (1344, 768), "3:2": (1216, 832), "4:3": (1152, 864), "2:3": (832, 1216)}


def answer(asked: Asked, state: State, media: Media, rule: Rule | None) -> Answer:
    """Return what Replicate answers, with the fault of the rule where it is one of the vendor's."""
    if rule and (failed := fail(asked, rule)):
        return failed
    if asked.kind == "replicate.create":
        return _create(asked, state, rule)
    if asked.kind in ("replicate.model", "replicate.version"):
        return _model(asked, state)
    with state.lock:
        job = state.jobs.get(asked.names[0])
    if not job:
        return problem(404, *_ERRORS[404])
    if asked.kind == "replicate.file":
        return _file(job, asked, media)
    if asked.kind == "replicate.cancel":
        job.canceled = True
        return answer_json(_render(job, asked, state, None))
    job.polled += 1
    return answer_json(_render(job, asked, state, rule))


def fail(asked: Asked, rule: Rule) -> Answer | None:
    """Return the vendor's way of saying no; None where the fault is not one."""
    if rule.fault == "model-gone":
        return _gone(asked)
    if rule.fault == "quota":
        return problem(402, "Insufficient credit", "You have insufficient credit to run this model.")
    if rule.fault == "wrong-schema":
        return answer_json({"greeting": {"hello": "there"}, "count": 1})
    if rule.fault == "refusal" and rule.argument == "error":
        return problem(422, "Input validation failed", "- input.prompt: The prompt was flagged as sensitive (E005).")
    if not rule.fault.isdigit():
        return None
    status = int(rule.fault)
    title, detail = _ERRORS.get(status, ("Error", f"Status {status}"))
    headers = {"retry_after": f"{rule.number(0.2):g}"} if status in (429, 503) else {}
    return problem(status, title, detail.format(secret=asked.secret), **headers)


def _gone(asked: Asked) -> Answer:
    if asked.kind == "replicate.create" and not asked.names:
        text = "The specified version does not exist (or perhaps you don't have permission to use it?)"
        return problem(422, "Invalid version or not permitted", text)
    return problem(404, *_ERRORS[404])


def problem(status: int, title: str, detail: str, **headers: str) -> Answer:
    """Return an error in the shape of RFC 7807."""
    return answer_json({"title": title, "detail": detail, "status": status}, status, **headers)


def _create(asked: Asked, state: State, rule: Rule | None) -> Answer:
    body, given = asked.json, asked.json.get("input")
    version = str(body.get("version") or "")
    model = "/".join(asked.names) or version.rpartition(":")[0] or "black-forest-labs/flux-schnell"
    if not isinstance(given, dict) or not (asked.names or version):
        return problem(422, "Input validation failed", "- input is required\n- version is required\n")
    if {model, version, version.rpartition(":")[2]} & set(state.retired):
        return _gone(asked)
    with state.lock:
        number = zlib.crc32(f"{len(state.jobs)} {asked.text}".encode())
        job = Job(f"rp{number:08x}{len(state.jobs):016d}", model, version.rpartition(":")[2], given)
        job.error = NSFW if rule and rule.fault == "refusal" else ""
        state.jobs[job.id] = job
    if asked.headers.get("prefer", "").startswith("wait"):
        job.polled = state.polls
    return answer_json(_render(job, asked, state, None), 201)


def _render(job: Job, asked: Asked, state: State, rule: Rule | None) -> dict[str, object]:
    status = "starting" if job.polled == 0 else "processing" if job.polled < state.polls else "succeeded"
    failed = (job.error if status == "succeeded" else "") or _failure(rule)
    status = "failed" if failed else "canceled" if job.canceled else status
    here = f"{asked.origin}/v1/predictions/{job.id}"
    done = status in ("succeeded", "failed")
    return {
        "id": job.id,
        "model": job.model,
        "version": job.version or "hidden",
        "input": job.input,
        "output": _output(job, asked, rule) if status == "succeeded" else None,
        "logs": f"Using seed: {job.input.get('seed', 7)}" if done else "",
        "error": failed or None,
        "status": status,
        "data_removed": False,
        "metrics": {"predict_time": 1.4, "image_count": 1} if done else {},
        "created_at": MADE,
        "started_at": MADE if job.polled else None,
        "completed_at": MADE if done else None,
        "urls": {"get": here, "cancel": f"{here}/cancel", "web": f"https://replicate.com/p/{job.id}"},
    }


def _failure(rule: Rule | None) -> str:
    if rule and rule.fault == "refusal":
        return NSFW
    return str(rule.argument or "CUDA out of memory") if rule and rule.fault == "failed" else ""


def _output(job: Job, asked: Asked, rule: Rule | None) -> object:
    if rule and rule.fault == "foreign":
        return [str(rule.argument or "http://169.254.169.254/latest/meta-data/")]
    form = str(job.input.get("output_format", "webp"))
    urls = [f"{asked.origin}/files/{job.id}/out-{n}.{form}" for n in range(int(str(job.input.get("num_outputs", 1))))]
    single = re.search(r"pro|ultra|1\.1", job.model)  # these answer with one address, the others with a list
    return urls[0] if single else urls


def _file(job: Job, asked: Asked, media: Media) -> Answer:
    form = {"jpg": "jpeg"}.get(asked.names[2], asked.names[2])
    width, height = _SIZES.get(str(job.input.get("aspect_ratio", "1:1")), (1024, 1024))
    width, height = int(str(job.input.get("width", width))), int(str(job.input.get("height", height)))
    prompt = f"{job.input.get('prompt')} {job.input.get('seed')} {asked.names[1]}"
    return Answer(200, media.picture(prompt, width, height, form), f"image/{form}")


def _model(asked: Asked, state: State) -> Answer:
    owner, name, *version = asked.names
    if {f"{owner}/{name}", *version} & set(state.retired):
        return problem(404, *_ERRORS[404])
    one = {"id": (version or [VERSION])[0], "created_at": MADE, "cog_version": "0.14.0", "openapi_schema": {}}
    if asked.kind == "replicate.version":
        return answer_json(one)
    facts = {"url": f"https://replicate.com/{owner}/{name}", "owner": owner, "name": name, "visibility": "public"}
    return answer_json({**facts, "description": "", "run_count": 9, "latest_version": one})
