/** The limits of the server. It checks them itself; the page only spares the user a round trip. */

export const NAME_MAX = 32;
export const ROOM_MAX = 64;
export const TEXT_MAX = 2000;

const NAME = /^[\p{L}\p{N} ._-]+$/u;

/** What is wrong with a user name, or null. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Please type a name.';
  if (name.length > NAME_MAX) return `A name has at most ${NAME_MAX} characters.`;
  return NAME.test(name) ? null : 'A name has letters, digits, spaces and - _ . only.';
}

/** What is wrong with a room name, or null. */
export function roomProblem(room: string): string | null {
  if (room === '') return 'Please type the name of a room.';
  return room.length > ROOM_MAX ? `The name of a room has at most ${ROOM_MAX} characters.` : null;
}
