import type { DataProvider } from 'react-admin';
import type { Http } from './http';
import { recordMethods } from './records';
import { type Verbs, verbMethods } from './verbs';

export type ApartmentDataProvider = DataProvider & Verbs;

/** `newKey` makes the Idempotency-Key of a plain create; business verbs bring their own. */
export const createDataProvider = (http: Http, newKey: () => string): ApartmentDataProvider => ({
  ...recordMethods(http, newKey),
  ...verbMethods(http),
});
