import { Card, CardContent, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';

type PanelProps = { title: string; children: ReactNode; actions?: ReactNode };

export function Panel({ title, children, actions }: PanelProps) {
  return (
    <Card variant="outlined">
      <CardContent>
        <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', mb: 1.5 }}>
          <Typography variant="h6" component="h2">
            {title}
          </Typography>
          {actions}
        </Stack>
        {children}
      </CardContent>
    </Card>
  );
}

/** Name and value pairs, as a description list. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <Stack component="dl" sx={{ m: 0, gap: 1 }}>
      {items.map(([name, value]) => (
        <Stack key={name} direction="row" sx={{ justifyContent: 'space-between', gap: 2 }}>
          <Typography component="dt" variant="body2" sx={{ color: 'text.secondary', flexShrink: 0 }}>
            {name}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, textAlign: 'right', overflowWrap: 'anywhere' }}>
            {value}
          </Typography>
        </Stack>
      ))}
    </Stack>
  );
}
