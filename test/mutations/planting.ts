// How a mutation gets into the source: one exact piece of text, found once in one file, gives way to another while the file is
// loaded. A piece that is not there, or there more than once, is an error: no change of the code disarms a mutation in silence.
import { readFileSync } from 'node:fs';
import type { Mutation } from './mutations.ts';

export type Piece = Pick<Mutation, 'file' | 'from' | 'to'>;

export function urlOf({ file }: Pick<Piece, 'file'>): URL {
  return new URL(`../../packages/${file}`, import.meta.url);
}

/** The file's source with the mutation in it. */
export function mutated(piece: Piece): string {
  const { file, from, to } = piece;
  const source = readFileSync(urlOf(piece), 'utf8');
  const places = [...source.matchAll(patternOf(from))];
  const [place] = places;
  if (!place || places.length > 1) {
    throw new Error(`packages/${file} has this ${places.length} times instead of once: ${from}`);
  }
  return source.slice(0, place.index) + to + source.slice(place.index + place[0].length);
}

function patternOf(text: string): RegExp {
  const words = text.trim().split(/\s+/);
  return new RegExp(words.map(word => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+'), 'g');
}
