// Reads all pages of a feed with a reader and prints what it says as JSON: {pages, show, episodes}.
export async function printFeed(read) {
  const result = { pages: 0, show: null, episodes: [] };
  for (let url = process.argv[2]; url; result.pages += 1) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const page = read(await answer.text());
    result.show ??= page.show;
    result.episodes.push(...page.episodes);
    url = page.next;
  }
  process.stdout.write(JSON.stringify(result));
}
