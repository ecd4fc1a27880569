// Hot: looks at every word of a city for each word that somebody types.
import { Slips } from "./slips.ts";

/** Something whose words answer a question, the higher the score the better. */
export interface WordMatch {
  readonly item: number;
  readonly score: number;
}

/** Both best first: items that have all words of a question, and those that have any. */
export interface WordMatches {
  readonly every: readonly WordMatch[];
  readonly any: readonly WordMatch[];
}

// BM25+ (Lv and Zhai, 2011) with the usual constants.
const saturation = 1.2;
const lengthShare = 0.7;
const lowerBound = 0.5;

/** What a word that only begins as asked, or has slips, counts at best beside the word itself. */
const beginningWeight = 0.6;
const slipWeight = 0.3;

/** From so many letters on a word may have slips: one for every four, two at most. */
const fewestLettersForSlips = 4;
const mostSlips = 2;

/** A posting is one number: the item, then two bits for its field, then how often the word stands there. */
const fieldBit = 4;
const itemBit = 6;
const mostTimes = 15;
const fieldMask = 3;

/** Which items have which words, in sorted columns: a tenth of the memory of maps. An item has up to four fields of words. */
export class WordIndex {
  private readonly boosts: readonly number[];
  /** In the order of their letters. */
  private readonly words: readonly string[];
  /** Postings of word w are those from `first[w]` to `first[w + 1]`. */
  private readonly first: Uint32Array;
  private readonly postings: Uint32Array;
  /** How many different words each field of each item has, item by item, and each field on average. */
  private readonly lengths: Uint8Array;
  private readonly meanLength: Float64Array;
  private readonly itemCount: number;
  /** Of the question at hand. */
  private readonly score: Float64Array;
  private readonly matched: Uint8Array;
  private readonly lastWord: Uint8Array;
  private readonly fieldCount = new Uint32Array(fieldMask + 1);
  private readonly slips = new Slips();
  private found: number[] = [];

  /** `items` gives the words of each field; `boosts` what a word counts in each field. */
  constructor(items: readonly (readonly (readonly string[])[])[], boosts: readonly number[]) {
    const numbers = new Map<string, number>();
    const pairs: { readonly word: number; readonly posting: number }[] = [];
    this.boosts = boosts;
    this.itemCount = items.length;
    this.lengths = new Uint8Array(items.length * boosts.length);
    this.meanLength = new Float64Array(boosts.length);
    for (const [item, fields] of items.entries()) {
      for (const [field, words] of fields.entries()) {
        const times = new Map<string, number>();
        for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
        this.lengths[item * boosts.length + field] = Math.min(255, times.size);
        this.meanLength[field] += times.size / items.length;
        for (const [word, count] of times) {
          const number = numbers.get(word) ?? numbers.size;
          numbers.set(word, number);
          const posting = (item << itemBit) | (field << fieldBit) | Math.min(mostTimes, count);
          pairs.push({ word: number, posting });
        }
      }
    }
    this.words = [...numbers.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    const placeOf = new Uint32Array(this.words.length);
    for (const [place, word] of this.words.entries()) placeOf[numbers.get(word) ?? 0] = place;
    this.first = new Uint32Array(this.words.length + 1);
    for (const { word } of pairs) this.first[placeOf[word] + 1]++;
    for (let word = 0; word < this.words.length; word++) this.first[word + 1] += this.first[word];
    const next = this.first.slice();
    this.postings = new Uint32Array(pairs.length);
    for (const { word, posting } of pairs) this.postings[next[placeOf[word]]++] = posting;
    this.score = new Float64Array(items.length);
    this.matched = new Uint8Array(items.length);
    this.lastWord = new Uint8Array(items.length);
  }

  /** At most 200 words are asked for. */
  find(words: readonly string[]): WordMatches {
    const asked = [...new Set(words)].slice(0, 200);
    this.found = [];
    for (const [i, word] of asked.entries()) this.ask(word, i + 1);
    const any = this.found
      .map((item) => ({ item, score: this.score[item] * this.matched[item] }))
      .toSorted((a, b) => b.score - a.score || a.item - b.item);
    const every = any.filter(({ item }) => this.matched[item] === asked.length);
    for (const item of this.found) {
      this.score[item] = 0;
      this.matched[item] = 0;
      this.lastWord[item] = 0;
    }
    return { every, any };
  }

  private ask(word: string, number: number): void {
    const { words } = this;
    const begin = this.placeOf(word);
    let end = begin;
    for (; end < words.length && words[end].startsWith(word); end++) {
      const { length } = words[end];
      const more = length - word.length;
      this.count(end, number, more === 0 ? 1 : (beginningWeight * length) / (length + 0.3 * more));
    }
    if (word.length < fewestLettersForSlips) return;
    const most = Math.min(mostSlips, Math.round(word.length / 4));
    for (let other = 0; other < words.length; other++) {
      // Those that begin as asked have been counted.
      if (other >= begin && other < end) continue;
      const { length } = words[other];
      const between = this.slips.between(word, words[other], most);
      if (between <= most) this.count(other, number, (slipWeight * length) / (length + between));
    }
  }

  /** Where a word stands or would stand. */
  private placeOf(word: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds what a word of the index counts to all that have it. */
  private count(word: number, number: number, weight: number): void {
    const { first, postings, boosts, lengths, meanLength, itemCount, fieldCount, score, matched, lastWord } = this;
    fieldCount.fill(0);
    for (let i = first[word]; i < first[word + 1]; i++) fieldCount[(postings[i] >> fieldBit) & fieldMask]++;
    for (let i = first[word]; i < first[word + 1]; i++) {
      const item = postings[i] >>> itemBit;
      const field = (postings[i] >> fieldBit) & fieldMask;
      const times = postings[i] & mostTimes;
      const rarity = Math.log(1 + (itemCount - fieldCount[field] + 0.5) / (fieldCount[field] + 0.5));
      const length = lengths[item * boosts.length + field] / meanLength[field];
      const often = (times * (saturation + 1)) / (times + saturation * (1 - lengthShare + lengthShare * length));
      if (matched[item] === 0) this.found.push(item);
      if (lastWord[item] !== number) {
        lastWord[item] = number;
        matched[item]++;
      }
      score[item] += weight * boosts[field] * rarity * (lowerBound + often);
    }
  }
}
