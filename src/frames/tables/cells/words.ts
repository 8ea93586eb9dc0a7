/** The different words of a column of text, in the order in which they come. */
export class Words {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  /** Where a word is in the list, which it joins if it is new. */
  place(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}
