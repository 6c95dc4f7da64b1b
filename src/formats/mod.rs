//! Floor 13, formats: text in, values out, and values in, text out. Nothing here touches a disk; a programme folder comes as
//! names and bytes.

pub mod alternative;
mod benefit_rows;
pub mod business_case;
pub mod comparison;
mod contract;
mod contract_rows;
pub mod digest;
pub mod distributions;
pub mod documents;
pub mod finance;
pub mod forecast;
pub mod forecast_text;
pub mod forecast_words;
pub mod funding;
mod goal_rows;
mod header;
mod hints;
#[cfg(feature = "report")]
pub mod html;
pub mod journal;
mod judged;
pub mod ledger_files;
pub mod open_items;
pub mod output;
pub mod programme;
mod reader;
pub mod register_files;
mod report_rows;
mod row;
mod rows;
mod sheet;
pub mod source;
mod table;
pub mod targets;
mod tree;
mod tree_json;
mod tree_toml;
#[cfg(feature = "ubl")]
pub mod ubl;
mod versions;

pub use contract::read as read_contract;
pub use programme::{Case, Programme, Sources, Unread, read};
pub use source::Source;
