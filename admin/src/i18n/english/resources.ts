export const resources = {
  approvals: {
    name: 'Approvals',
    fields: {
      communityId: 'Community',
      roomName: 'Room',
      tenantName: 'Tenant',
      leaseNumber: 'Lease',
    },
  },
  leases: {
    name: 'Leases',
    fields: {
      search: 'Search',
      status: 'Status',
      communityId: 'Community',
      enforcement: 'Enforcement',
      dueBy: 'Due by',
      endsBy: 'Ends by',
      roomName: 'Room',
      tenantName: 'Tenant',
      rateFen: 'Rent',
      openFen: 'Open',
      overdueFen: 'Overdue',
      nextDueOn: 'Next due',
      communityName: 'Community',
      number: 'Number',
    },
  },
  rooms: {
    name: 'Room board',
  },
  bills: {
    name: 'Bills',
    fields: {
      open: 'State',
      overdue: 'Overdue',
      communityId: 'Community',
      dueFrom: 'Due from',
      dueBy: 'Due by',
      dueOn: 'Due on',
      roomName: 'Room',
      tenantName: 'Tenant',
    },
  },
  payments: {
    name: 'Payments',
    fields: {
      status: 'Status',
      leaseNumber: 'Lease',
      providerNumber: 'Reference',
    },
  },
  'bank-lines': {
    name: 'Bank statements',
    fields: {
      state: 'State',
    },
  },
  'quarantined-payments': {
    name: 'Unmatched money',
  },
  buildings: {
    name: 'Building |||| Buildings',
    fields: {
      communityId: 'Community',
      code: 'Code',
      name: 'Name',
    },
  },
  'work-orders': {
    name: 'Work orders',
    fields: {
      status: 'Status',
      communityId: 'Community',
      roomName: 'Room',
      title: 'What',
      result: 'Result',
    },
  },
  tenants: {
    name: 'Tenants',
    fields: {
      search: 'Name or whole phone number',
      name: 'Name',
      phone: 'Phone',
      phoneMasked: 'Phone',
      idKind: 'ID kind',
      idNumber: 'ID number',
      idNumberMasked: 'ID number',
      activeLeases: 'Active leases',
    },
  },
  communities: {
    name: 'Communities',
    fields: {
      search: 'Search',
      code: 'Code',
      name: 'Name',
      city: 'City',
      address: 'Address',
      rooms: 'Rooms',
      occupied: 'Occupied',
    },
  },
  prices: {
    name: 'Prices',
  },
  quotes: {
    name: 'Quote',
  },
  imports: {
    name: 'Import',
  },
  policy: {
    name: 'Policy',
  },
  'audit-entries': {
    name: 'Audit log',
    fields: {
      action: 'Action',
      subjectId: 'Subject id',
      reason: 'Reason',
    },
  },
};
