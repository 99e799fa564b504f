import MoreHoriz from '@mui/icons-material/MoreHoriz';
import { Button, Menu, MenuItem, Stack } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../../components/use-app';
import type { Verb } from '../../components/verb-form/verb';
import { VerbDialog } from '../../components/verb-form/verb-dialog';
import type { Lease } from '../../data/contract';
import { LEASE_VERBS } from '../verbs/lease-verbs';

const BUTTONS = 4;

function MoreMenu({ verbs, choose }: { verbs: readonly Verb[]; choose: (verb: Verb) => void }) {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pick = (verb: Verb) => {
    setAnchor(null);
    choose(verb);
  };
  return (
    <>
      <Button startIcon={<MoreHoriz />} onClick={(event) => setAnchor(event.currentTarget)}>
        {t('app.action.more')}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {verbs.map((verb) => (
          <MenuItem key={verb.name} onClick={() => pick(verb)} sx={{ color: verb.danger ? 'error.main' : 'inherit' }}>
            {t(`app.verb.${verb.name}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** The verbs that this lease offers to this person. */
export function VerbBar({ lease }: { lease: Lease }) {
  const t = useTranslate();
  const mayDo = useMay();
  const [chosen, setChosen] = useState<Verb>();
  const verbs = LEASE_VERBS.filter((verb) => mayDo(verb.permission) && verb.offered(lease));
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
      {verbs.slice(0, BUTTONS).map((verb, i) => (
        <Button
          key={verb.name}
          variant={i === 0 ? 'contained' : 'outlined'}
          color={verb.danger ? 'error' : 'primary'}
          onClick={() => setChosen(verb)}
        >
          {t(`app.verb.${verb.name}`)}
        </Button>
      ))}
      {verbs.length > BUTTONS && <MoreMenu verbs={verbs.slice(BUTTONS)} choose={setChosen} />}
      {chosen && <VerbDialog key={chosen.name} verb={chosen} lease={lease} close={() => setChosen(undefined)} />}
    </Stack>
  );
}
