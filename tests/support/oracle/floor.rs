//! Mechanisms 10.2 and 8.1: what the payee owes, in the queue of limits.

use super::charge::Entitlement;
use super::limit::{Granted, RoomOf, Sums, net};
use super::money::minor_units;
use super::{Law, Misreading, Situation};
use crate::support::programme::{Contract, Limit};

/// What is owed back is cut by no amount, and gives its size back as room; floors grant it as far as the sum of what they cover
/// stays at the floor or above. Of floors that leave equally much the first in the contract is named.
pub fn owed_back<'a>(
    law: &Law,
    contract: &Contract,
    covering: &[(&Limit, RoomOf)],
    one: Entitlement<'a>,
    sums: &mut Sums,
) -> Granted<'a> {
    let whole = -one.amount;
    let (mut size, mut cut_by) = (whole, String::new());
    let floors: Vec<_> = covering.iter().filter(|(limit, _)| limit.floor).collect();
    law.saw_if(floors.len() > 1, Situation::TwoFloors);
    for (limit, key) in floors.into_iter().filter(|_| !law.reads(Misreading::FloorIgnored)) {
        let floor = if law.reads(Misreading::FloorIsNothing) { 0 } else { minor_units(contract, &limit.amount) };
        let above = net(sums, key) - floor;
        law.saw_if(above < 0, Situation::SumBelowTheFloor);
        law.saw_if(above == whole, Situation::FloorJustKept);
        if above.max(0) < size {
            size = above.max(0);
            cut_by.clone_from(&limit.id);
        }
    }
    for (limit, key) in covering {
        let given = match () {
            () if limit.floor => size,
            () if law.reads(Misreading::OwedBackGivesNoRoom) => 0,
            () if law.reads(Misreading::OwedBackGivesRoomFromTheStart) => size - whole,
            () if law.reads(Misreading::OwedBackGivesWhatWasCut) => whole,
            () => size,
        };
        law.saw_if(!limit.floor && limit.units.is_none() && given > 0, Situation::RoomGivenBack);
        sums.entry(key.clone()).or_default().net -= given;
    }
    law.saw_if(0 < size && size < whole, Situation::FloorCutsPartly);
    law.saw_if(size == 0, Situation::FloorCutsWholly);
    Granted { granted: -size, cut: size - whole, cut_by, one }
}
