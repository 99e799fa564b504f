import { patched } from '@temporalio/workflow';
import type { LeaseState } from '../../contract/temporal/lease-state';
import { isInWrongRoom } from './agenda';

/** Runs that began before a transfer of the same day was followed keep waiting for a later one, as their history says. */
export const laterRoomsOnly = (state: LeaseState): boolean =>
  isInWrongRoom(state) && !patched('2026-11-room-of-the-day');
