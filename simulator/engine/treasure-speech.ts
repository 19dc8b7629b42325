import type { Ask, Player } from '../players/player.ts';
import { type BodyTemplate, type PlayerRequest, requestIdOf, requestOf, templateOf } from '../players/request.ts';
import { type Piece, pieceOf, putPiece, viewOf } from '../transports/byte-piece.ts';
import { writeNumber, writeText } from './byte-text.ts';
import type { Speech } from './speech.ts';

/**
 * The treasure API as bytes, without a text in between: what changes is digits and short names, everything else was encoded
 * once. `requestOf` says the same as text; the tests hold one to the other.
 */
export class TreasureSpeech implements Speech {
  private readonly seed: number;
  private readonly pool: readonly BodyTemplate[];
  /** The members of each template and the brace after them, from when it is first used. */
  private readonly endings = new Map<BodyTemplate, Uint8Array>();

  constructor(seed: number, pool: readonly BodyTemplate[]) {
    this.seed = seed;
    this.pool = pool;
  }

  methodOf({ ask }: Player): 'GET' | 'POST' {
    return ask.kind === 'search' ? 'POST' : 'GET';
  }

  writePath({ ask }: Player, _sequence: number, bytes: Uint8Array, at: number): number {
    switch (ask.kind) {
      case 'search':
        return put(searchPath, bytes, at);
      case 'spawns':
        return writeNumber(ask.size, bytes, put(spawnsRadius, bytes, writeId(ask.treasureId, bytes, put(spawnsNear, bytes, at))));
      case 'biome':
        return writeMapPath(ask, bytes, at);
      default:
        throw new RangeError(`A ${ask.kind} sends nothing.`);
    }
  }

  writeRequestId({ journey }: Player, sequence: number, bytes: Uint8Array, at: number): number {
    let end = writeNumber(this.seed, bytes, at);
    bytes[end] = dash;
    end = writeNumber(journey, bytes, end + 1);
    bytes[end] = dash;
    return writeNumber(sequence, bytes, end + 1);
  }

  writeBody(player: Player, sequence: number, bytes: Uint8Array, at: number): number {
    const { ask } = player;
    if (ask.kind !== 'search') return at;
    let end = writeText(player.playerId, bytes, put(playerId, bytes, at));
    end = writeText(player.sessionId, bytes, put(sessionId, bytes, end));
    end = writeText(ask.world, bytes, put(world, bytes, end));
    end = writeNumber(ask.x, bytes, put(positionX, bytes, end));
    end = writeNumber(ask.y, bytes, put(positionY, bytes, end));
    end = writeNumber(ask.z, bytes, put(positionZ, bytes, end));
    end = writeNumber(ask.size, bytes, put(radius, bytes, end));
    end = writeFilters(ask, bytes, end);
    end = this.writeRequestId(player, sequence, bytes, put(requestId, bytes, end));
    return this.writeMembers(templateOf(this.pool, player), bytes, end);
  }

  text(player: Player, sequence: number): PlayerRequest {
    return requestOf(player, templateOf(this.pool, player), requestIdOf(this.seed, player.journey, sequence));
  }

  private writeMembers(template: BodyTemplate, bytes: Uint8Array, at: number): number {
    const ending = this.endings.get(template) ?? this.encodeEnding(template);
    // Of a few hundred bytes: here the call that copies many has an advantage.
    bytes.set(ending, at);
    return at + ending.length;
  }

  private encodeEnding(template: BodyTemplate): Uint8Array {
    const ending = encoder.encode(`",${template.members}}`);
    this.endings.set(template, ending);
    return ending;
  }
}

const encoder = new TextEncoder();
const dash = 45;
const searchPath = pieceOf('/v1/treasures/search');
const spawnsNear = pieceOf('/v1/spawns?near=');
const spawnsRadius = pieceOf('&radius=');
const biomes = pieceOf('/v1/biomes/');
const slash = 47;
const mapSize = pieceOf('/map?size=');
const playerId = pieceOf('{"playerId":"');
const sessionId = pieceOf('","sessionId":"');
const world = pieceOf('","world":"');
const positionX = pieceOf('","position":{"x":');
const positionY = pieceOf(',"y":');
const positionZ = pieceOf(',"z":');
const radius = pieceOf('},"radius":');
const anyLimit = pieceOf(',"filters":{"limit":');
const rarityMin = pieceOf(',"filters":{"rarityMin":"');
const rareLimit = pieceOf('","limit":');
const requestId = pieceOf('},"requestId":"');

function writeMapPath(ask: Ask, bytes: Uint8Array, at: number): number {
  let end = writeText(ask.world, bytes, put(biomes, bytes, at));
  bytes[end] = slash;
  end = writeNumber(ask.x, bytes, end + 1);
  bytes[end] = slash;
  end = writeNumber(ask.z, bytes, end + 1);
  return writeNumber(ask.size, bytes, put(mapSize, bytes, end));
}

function writeFilters(ask: Ask, bytes: Uint8Array, at: number): number {
  if (ask.rarityMin === '') return writeNumber(ask.limit, bytes, put(anyLimit, bytes, at));
  return writeNumber(ask.limit, bytes, put(rareLimit, bytes, writeText(ask.rarityMin, bytes, put(rarityMin, bytes, at))));
}

/** As encodeURIComponent does it; ids of letters, digits and dashes, as the service has them, stay as they are. */
function writeId(id: string, bytes: Uint8Array, at: number): number {
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index);
    if (!isPlain(code)) return writeText(encodeURIComponent(id), bytes, at);
    bytes[at + index] = code;
  }
  return at + id.length;
}

function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === dash || (code >= 65 && code <= 90);
}

/** Requests are written into one and the same memory, but for a few. */
let memory: Uint8Array = new Uint8Array(0);
let view = viewOf(memory);

function put(piece: Piece, bytes: Uint8Array, at: number): number {
  if (memory !== bytes) {
    memory = bytes;
    view = viewOf(bytes);
  }
  return putPiece(piece, view, at);
}
