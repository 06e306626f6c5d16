// The feeds for reading and the list of all feeds, as feedsmith reads them: {rss, json, opml}.
import { parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import { readPages } from "./pages.mjs";

const site = process.argv[2];

const rss = await readPages(`${site}feed.xml`, (text) => {
  const feed = parseRssFeed(text);
  return {
    episodes: feed.items.map((item) => ({
      guid: item.guid.value,
      title: item.title,
      link: item.link,
      date: new Date(item.pubDate).toISOString(),
      words: item.content?.encoded ?? "",
    })),
    next: feed.atom.links.find(({ rel }) => rel === "next")?.href,
  };
});

const json = await readPages(`${site}feed.json`, (text) => {
  const feed = parseJsonFeed(text);
  return {
    episodes: feed.items.map((item) => ({
      guid: item.id,
      title: item.title,
      link: item.url,
      date: item.date_published,
      words: item.content_html ?? "",
      sound: item.attachments?.[0].url ?? "",
      size: item.attachments?.[0].size_in_bytes ?? 0,
      seconds: item.attachments?.[0].duration_in_seconds ?? 0,
    })),
    next: feed.next_url,
  };
});

const { body } = parseOpml(await (await fetch(`${site}feeds.opml`)).text());
const opml = body.outlines.map(({ title, xmlUrl }) => [title, xmlUrl]);
process.stdout.write(JSON.stringify({ rss: rss.episodes, json: json.episodes, opml }));
