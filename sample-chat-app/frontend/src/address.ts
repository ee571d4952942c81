import { TRANSPORTS, type TransportChoice } from './types';

/** What the address of the page may say: `?name=Ann&room=lobby&transport=LongPolling`. */
export interface Wishes {
  readonly name: string;
  readonly room: string;
  readonly transport: TransportChoice;
}

export function readAddress(search: string): Wishes {
  const query = new URLSearchParams(search);
  const transport = query.get('transport') ?? '';
  return {
    name: query.get('name')?.trim() ?? '',
    room: query.get('room')?.trim() || 'lobby',
    transport: TRANSPORTS.find((known) => known.toLowerCase() === transport.toLowerCase()) ?? 'Automatic',
  };
}

/** Keeps room and transport in the address, so that a reload or a shared link leads back; never adds the name. */
export function rememberInAddress(room: string | undefined, transport: TransportChoice): void {
  const url = new URL(window.location.href);
  if (room !== undefined) url.searchParams.set('room', room);
  if (transport === 'Automatic') url.searchParams.delete('transport');
  else url.searchParams.set('transport', transport);
  if (url.href !== window.location.href) window.history.replaceState(null, '', url);
}
