import type { RoomState } from '../data/contract';

/** Order of the legend and paint of a square: background and text keep a contrast of 4.5:1 or more. */
export const ROOM_STATE_PAINT: Record<RoomState, { readonly bg: string; readonly fg: string }> = {
  vacant: { bg: '#ffffff', fg: '#37474f' },
  reserved: { bg: '#fff3cd', fg: '#664d03' },
  occupied: { bg: '#d7efe3', fg: '#0b4f33' },
  restricted: { bg: '#b3261e', fg: '#ffffff' },
  ending: { bg: '#ffe0b8', fg: '#6b3a00' },
  checkingOut: { bg: '#d9e2fb', fg: '#1f3a7a' },
  offSale: { bg: '#e3e6e8', fg: '#455057' },
};

export const ROOM_STATES = Object.keys(ROOM_STATE_PAINT) as RoomState[];
