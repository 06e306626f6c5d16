// feedsmith, which knows the whole podcast namespace.
import { parseFeed } from "feedsmith";
import { printFeed } from "./pages.mjs";

const readTexts = (texts) => texts.map(({ purpose, display }) => [purpose, display]);

const readEpisode = ({ itunes, podcast, ...item }) => ({
  guid: item.guid.value,
  title: item.title,
  link: item.link,
  date: new Date(item.pubDate).toISOString(),
  html: item.description,
  author: itunes.author,
  explicit: itunes.explicit,
  sound: item.enclosures[0].url,
  size: item.enclosures[0].length,
  mime: item.enclosures[0].type,
  seconds: itunes.duration,
  season: [podcast.season.number, podcast.season.name],
  episode: podcast.episode?.number ?? null,
  display: podcast.episode?.display ?? null,
  apple: [itunes.season, itunes.episode ?? null],
  heading: itunes.title,
  kind: itunes.episodeType,
  image: itunes.image,
  alt: podcast.images[0].alt,
  side: podcast.images[0].width,
  transcripts: (podcast.transcripts ?? []).map(({ url, type }) => [url, type]),
  chapters: podcast.chapters ? [podcast.chapters.url, podcast.chapters.type] : null,
  soundbite: podcast.soundbites ? [podcast.soundbites[0].startTime, podcast.soundbites[0].duration] : null,
  persons: podcast.persons.map(({ display, role, group }) => [display, role, group]),
  txt: readTexts(podcast.txts),
});

const readShow = ({ itunes, podcast, ...feed }) => ({
  title: feed.title,
  about: feed.description,
  link: feed.link,
  language: feed.language,
  author: itunes.author,
  owner: [itunes.owner.name, itunes.owner.email],
  categories: itunes.categories.map(({ text, categories = [] }) => [text, ...categories.map((inner) => inner.text)]),
  explicit: itunes.explicit,
  type: itunes.type,
  copyright: feed.copyright,
  cover: itunes.image,
  guid: podcast.guid,
  medium: podcast.medium,
  locked: [podcast.locked.value, podcast.locked.owner],
  license: podcast.license.display,
  funding: podcast.fundings.map(({ url, display }) => [url, display]),
  frequency: podcast.updateFrequency ? [podcast.updateFrequency.display, podcast.updateFrequency.rrule] : null,
  txt: readTexts(podcast.txts),
});

await printFeed((text) => {
  const { feed } = parseFeed(text);
  const next = feed.atom.links.find(({ rel }) => rel === "next")?.href;
  return { show: readShow(feed), episodes: feed.items.map(readEpisode), next };
});
