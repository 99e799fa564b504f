import { join } from 'node:path';
import { Router } from 'express';
import { createSign, createVerify } from '../wire/rsa2';
import { AgreementBook } from './agreement/book';
import { agreementRoutes } from './agreement/pages';
import { billRoutes } from './bill/bill-routes';
import { Book } from './book';
import { cashierRoutes, watchExpiry } from './cashier';
import { type AlipayBook, bookOf, controlRoutes, settleAll } from './control';
import { Faults } from './faults';
import { gatewayRoutes } from './gateway';
import { NoticeStore } from './notice-store';
import { Notifier } from './notifier';
import type { State } from './state';
import { Timers } from './timers';
import { notifyTrade } from './trade-notice';
import { TransferBook } from './transfer/book';

export type AlipaySimulatorOptions = {
  readonly appId: string;
  readonly sellerId: string;
  /** The merchant's key, under which its requests must be signed. */
  readonly appPublicPem: string;
  /** The provider's own, under which it answers and notifies. */
  readonly alipayPrivatePem: string;
  /** How payers' browsers reach it. */
  readonly publicUrl: string;
  /** Folder of its journals; memory only without it. */
  readonly dataDir?: string;
  /** Multiplies the documented gaps between notifications (0, 2, 10, 10 minutes, 1, 2, 6, 15 hours); 1 by default. */
  readonly noticeGapScale?: number;
  /** Opens `/alipay/control/*` to whoever has it; closed without it. */
  readonly controlKey?: string;
  /** Gives bills of the day that is not over as well; the real one has them on the next. */
  readonly billsOfToday?: boolean;
  readonly now?: () => number;
  readonly log?: (message: string) => void;
};

export type AlipaySimulator = {
  /** Gateway at `/alipay/gateway.do`, pages below `/alipay/cashier/`, control below `/alipay/control/`. */
  readonly router: Router;
  readonly faults: Faults;
  book(): AlipayBook;
  /** Ends at once whatever a bank was at. */
  settleAll(): void;
  /** Sends what an earlier life owed; to be called once the server listens. */
  resume(): void;
  close(): void;
};

/** Everything that the simulator keeps, from the journals of its folder. */
function openState(options: AlipaySimulatorOptions, store: NoticeStore, timers: Timers): State {
  const { appId, sellerId, dataDir, log, now = Date.now } = options;
  const faults = new Faults();
  const sign = createSign(options.alipayPrivatePem);
  const gapScale = options.noticeGapScale ?? 1;
  const state: State = {
    appId,
    sellerId,
    verify: createVerify([options.appPublicPem]),
    sign,
    book: new Book(fileIn(dataDir, 'alipay-trades.jsonl'), (trade) => notifyTrade(state, trade)),
    transfers: new TransferBook(fileIn(dataDir, 'alipay-transfers.jsonl')),
    agreements: new AgreementBook(fileIn(dataDir, 'alipay-agreements.jsonl')),
    notifier: new Notifier({ store, sign, faults, now, gapScale, ...(log === undefined ? {} : { log }) }),
    faults,
    now,
    billsOfToday: options.billsOfToday ?? false,
    publicUrl: options.publicUrl.replace(/\/$/, ''),
    later: timers.later,
  };
  return state;
}

const fileIn = (folder: string | undefined, name: string): string | undefined =>
  folder === undefined ? undefined : join(folder, name);

/** Alipay as its merchants and payers meet it, without any money. @throws Error when a key is none. */
export function createAlipaySimulator(options: AlipaySimulatorOptions): AlipaySimulator {
  const store = new NoticeStore(fileIn(options.dataDir, 'alipay-notices.jsonl'));
  const timers = new Timers();
  const state = openState(options, store, timers);
  const router = Router().use(gatewayRoutes(state), cashierRoutes(state), agreementRoutes(state), billRoutes(state));
  if (options.controlKey !== undefined) router.use(controlRoutes(state, store, options.controlKey));
  return {
    router,
    faults: state.faults,
    book: () => bookOf(state, store),
    settleAll: () => settleAll(state),
    resume: () => {
      state.notifier.resume();
      settleAll(state); // what a bank was at when the earlier life ended
      for (const trade of state.book.all()) watchExpiry(state, trade);
    },
    close: () => {
      state.notifier.close();
      timers.clear();
    },
  };
}
