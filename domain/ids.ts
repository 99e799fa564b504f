declare const idBrand: unique symbol;
/** A UUID that names one kind of thing; the brand is added only by a parser at an edge (route, repository, message). */
export type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

export type OperatorId = Id<'operator'>;
export type CommunityId = Id<'community'>;
export type BuildingId = Id<'building'>;
export type RoomId = Id<'room'>;
export type RoomTypeId = Id<'roomType'>;
export type TenantId = Id<'tenant'>;
export type LeaseId = Id<'lease'>;
export type BillId = Id<'bill'>;
export type PaymentId = Id<'payment'>;
export type RefundId = Id<'refund'>;
export type StaffId = Id<'staff'>;
export type ChangeId = Id<'change'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Brands a lower-case UUID. @throws RangeError when the text is not one. */
export function parseId<Kind extends string>(text: string): Id<Kind> {
  if (!UUID.test(text)) throw new RangeError(`not an id: ${text}`);
  return text as Id<Kind>;
}
