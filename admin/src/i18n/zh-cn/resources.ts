export const resources = {
  approvals: {
    name: '待审批',
    fields: {
      communityId: '社区',
      roomName: '房间',
      tenantName: '租客',
      leaseNumber: '合同号',
    },
  },
  leases: {
    name: '租约',
    fields: {
      search: '搜索',
      status: '状态',
      communityId: '社区',
      enforcement: '锁控',
      dueBy: '应付日不晚于',
      endsBy: '到期日不晚于',
      roomName: '房间',
      tenantName: '租客',
      rateFen: '租金',
      openFen: '未付',
      overdueFen: '逾期',
      nextDueOn: '最近应付日',
      communityName: '社区',
      number: '合同号',
    },
  },
  rooms: {
    name: '房态图',
  },
  bills: {
    name: '账单',
    fields: {
      open: '状态',
      overdue: '逾期',
      communityId: '社区',
      dueFrom: '应付日从',
      dueBy: '应付日到',
      dueOn: '应付日',
      roomName: '房间',
      tenantName: '租客',
    },
  },
  payments: {
    name: '收款',
    fields: {
      status: '状态',
      leaseNumber: '合同号',
      providerNumber: '流水号',
    },
  },
  'bank-lines': {
    name: '银行流水',
    fields: {
      state: '状态',
    },
  },
  'quarantined-payments': {
    name: '待核实到账',
  },
  buildings: {
    name: '楼栋',
    fields: {
      communityId: '社区',
      code: '编号',
      name: '名称',
    },
  },
  'work-orders': {
    name: '工单',
    fields: {
      status: '状态',
      communityId: '社区',
      roomName: '房间',
      title: '内容',
      result: '处理结果',
    },
  },
  tenants: {
    name: '租客',
    fields: {
      search: '姓名或完整手机号',
      name: '姓名',
      phone: '手机号',
      phoneMasked: '手机号',
      idKind: '证件类型',
      idNumber: '证件号',
      idNumberMasked: '证件号',
      activeLeases: '在租合同',
    },
  },
  communities: {
    name: '社区',
    fields: {
      search: '搜索',
      code: '编号',
      name: '名称',
      city: '城市',
      address: '地址',
      rooms: '房间数',
      occupied: '在租',
    },
  },
  prices: {
    name: '价目表',
  },
  quotes: {
    name: '报价试算',
  },
  imports: {
    name: '导入',
  },
  policy: {
    name: '策略',
  },
  'audit-entries': {
    name: '审计日志',
    fields: {
      action: '动作',
      subjectId: '对象编号',
      reason: '原因',
    },
  },
};
