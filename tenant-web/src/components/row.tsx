import type { ReactNode } from 'react';

export const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="row">
    <span>{name}</span>
    <span>{children}</span>
  </div>
);
