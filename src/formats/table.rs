//! A table as CSV, in memory.

/// Its header, then its rows.
pub(super) fn text<R>(header: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut table = csv::Writer::from_writer(Vec::new());
    // Into memory nothing fails to be written.
    let _ = table.write_record(header);
    rows.into_iter().for_each(|row| drop(table.write_record(row)));
    String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
}
