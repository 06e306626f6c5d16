// podcast-partytime, the parser behind the Podcast Index and Podverse.
import { parseFeed } from "podcast-partytime";
import { printFeed } from "./pages.mjs";

const readEpisode = (item) => ({
  guid: item.guid,
  title: item.title,
  link: item.link,
  date: item.pubDate,
  html: item.description,
  author: item.author,
  explicit: item.explicit,
  sound: item.enclosure.url,
  size: item.enclosure.length,
  mime: item.enclosure.type,
  seconds: item.duration,
  season: [item.podcastSeason.number, item.podcastSeason.name],
  episode: item.podcastEpisode?.number ?? null,
  display: item.podcastEpisode?.display ?? null,
  apple: [item.itunesSeason, item.itunesEpisode ?? null],
  kind: item.itunesEpisodeType,
  image: item.itunesImage,
  transcripts: (item.podcastTranscripts ?? []).map(({ url, type }) => [url, type]),
  chapters: item.podcastChapters ? [item.podcastChapters.url, item.podcastChapters.type] : null,
  soundbite: item.podcastSoundbites ? [item.podcastSoundbites[0].startTime, item.podcastSoundbites[0].duration] : null,
  persons: item.podcastPeople.map(({ name, role, group }) => [name, role.toLowerCase(), group.toLowerCase()]),
});

// What it says of podcast:txt is left out: it reads the purpose and loses the text.
const readShow = (feed) => ({
  title: feed.title,
  about: feed.description,
  link: feed.link,
  language: feed.language,
  author: feed.author,
  owner: [feed.owner.name, feed.owner.email],
  categories: feed.itunesCategory.map((name) => name.split(" > ")),
  explicit: feed.explicit,
  type: feed.itunesType,
  copyright: feed.copyright,
  cover: feed.itunesImage,
  guid: feed.guid,
  medium: feed.medium,
  locked: [feed.locked, feed.podcastOwner],
  license: feed.license.identifier,
  funding: feed.podcastFunding.map(({ url, message }) => [url, message]),
});

await printFeed((text) => {
  const feed = parseFeed(text);
  return { show: readShow(feed), episodes: feed.items.map(readEpisode), next: feed.pubsub?.next };
});
