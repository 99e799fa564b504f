import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd-mobile';
import type { ReactNode } from 'react';
import { isSignedOut } from '../client/signed-in';
import { Failure } from './failure';

type Props<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode };

/** The data once it is there; before that a skeleton, and what went wrong with a way to try again. Old data stays while a re-read fails. */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <Failure error={query.error} retry={() => void query.refetch()} small />}
        {children(query.data)}
      </>
    );
  }
  // Whoever is signed out is on the way to the sign-in page already: no error screen flashes up before it.
  if (query.error && !isSignedOut(query.error))
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton.Paragraph lineCount={5} animated />;
}
