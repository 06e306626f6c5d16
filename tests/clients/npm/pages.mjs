// Reads all pages of a feed with a reader and prints what it says as JSON: {pages, show, episodes}.
export async function printFeed(read) {
  process.stdout.write(JSON.stringify(await readPages(process.argv[2], read)));
}

export async function readPages(first, read) {
  const result = { pages: 0, show: null, episodes: [] };
  for (let url = first; url; result.pages += 1) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const page = read(await answer.text());
    result.show ??= page.show;
    result.episodes.push(...page.episodes);
    url = page.next;
  }
  return result;
}
