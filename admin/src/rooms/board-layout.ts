import type { BoardRoom } from '../data/contract';

export type Floor = { readonly floor: number | null; readonly rooms: readonly BoardRoom[] };
export type BuildingBoard = { readonly id: string; readonly name: string; readonly floors: readonly Floor[] };

const groupBy = <K>(rooms: readonly BoardRoom[], keyOf: (room: BoardRoom) => K): Map<K, BoardRoom[]> => {
  const groups = new Map<K, BoardRoom[]>();
  for (const room of rooms) {
    const group = groups.get(keyOf(room));
    if (group) group.push(room);
    else groups.set(keyOf(room), [room]);
  }
  return groups;
};

const byText = (a: string, b: string): number => a.localeCompare(b, 'zh-CN', { numeric: true });

const floorsOf = (rooms: readonly BoardRoom[]): Floor[] =>
  [...groupBy(rooms, (room) => room.floor)]
    .map(([floor, there]) => ({ floor, rooms: there.toSorted((a, b) => byText(a.code, b.code)) }))
    .sort((a, b) => (b.floor ?? -99) - (a.floor ?? -99));

/** Buildings by name, floors from the top down as one looks at a house, rooms left to right; rooms without a floor last. */
export const boardOf = (rooms: readonly BoardRoom[]): BuildingBoard[] =>
  [...groupBy(rooms, (room) => room.buildingId)]
    .map(([id, there]) => ({ id, name: there[0]?.buildingName ?? '', floors: floorsOf(there) }))
    .sort((a, b) => byText(a.name, b.name));
