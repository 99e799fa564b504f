export const frameWords = {
  title: 'Smart Apartment',
  menu: 'Main menu',
  error: {
    unreachable: 'The server cannot be reached. Please try again later.',
    notOffered: 'Business records are neither deleted nor edited in bulk.',
  },
  login: {
    ended: 'Your session has ended. Please sign in again.',
    totp: 'One-time code',
    totpHelp: 'This account is protected: enter the 6 digits of your authenticator.',
  },
  action: {
    more: 'More',
    addRow: 'Add a row',
    removeRow: 'Remove this row',
    openLease: 'Open the lease',
  },
  empty: {
    list: 'Nothing matches.',
    timeline: 'Nothing has happened yet.',
    bills: 'No bills yet.',
    changes: 'No changes.',
    devices: 'No device of this room has reported.',
    communities: 'No rooms yet. Start by importing a rent roll.',
  },
  dashboard: {
    awaitingApproval: 'Awaiting approval',
    overdue: 'Overdue',
    restricted: 'Locked out',
    workOrders: 'Open work orders',
    occupied: 'Occupied / rooms',
    open: 'Open',
    nothing: 'Nothing to do.',
    overdueBills: 'Overdue bills',
    unapplied: 'Payments not booked yet',
  },
};
