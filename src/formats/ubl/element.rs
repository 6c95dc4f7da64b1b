//! An XML element as a value, and the one place where elements become text.

use super::unwritable::Unwritable;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An element: its name with its prefix, its attributes, and text or further elements in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    /// What stands in it, where no elements do.
    text: String,
    parts: Vec<Element>,
}

/// An element with text in it.
pub(super) fn text(name: &'static str, text: impl ToString) -> Element {
    Element { name, attributes: Vec::new(), text: text.to_string(), parts: Vec::new() }
}

/// An element with text in it, if there is any: nothing stands empty (PEPPOL-EN16931-R008).
pub(super) fn optional(name: &'static str, value: Option<&str>) -> Option<Element> {
    value.filter(|value| !value.trim().is_empty()).map(|value| text(name, value))
}

/// An element with these elements in it.
pub(super) fn group(name: &'static str, parts: impl IntoIterator<Item = Element>) -> Element {
    text(name, "").all(parts)
}

impl Element {
    /// The element with an attribute more.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Element {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The element with a further element in it.
    pub(super) fn and(self, part: Element) -> Element {
        self.all([part])
    }

    /// The element with further elements in it; one that may be missing is an `Option`.
    pub(super) fn all(mut self, parts: impl IntoIterator<Item = Element>) -> Element {
        self.parts.extend(parts);
        self
    }

    /// A whole XML 1.0 document in UTF-8 with this element as its root: two blanks for each depth, LF, and nothing else that
    /// the elements do not say.
    ///
    /// # Errors
    /// An element is empty, or holds what XML 1.0 cannot say.
    pub(super) fn document(&self) -> Result<String, Unwritable> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.write(&mut writer)?;
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        String::from_utf8(bytes).map_err(|error| std::io::Error::other(error).into())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> Result<(), Unwritable> {
        let mut start = writer.create_element(self.name);
        for (name, value) in &self.attributes {
            start = start.with_attribute((*name, legible(name, value)?));
        }
        if self.parts.is_empty() {
            start.write_text_content(BytesText::new(legible(self.name, &self.text)?))?;
            return Ok(());
        }
        let mut refused = Ok(());
        start.write_inner_content(|writer| {
            refused = self.parts.iter().try_for_each(|part| part.write(writer));
            Ok(())
        })?;
        refused
    }
}

/// The text, if it is not empty and every character of it is one that XML 1.0 can write (its production `Char`).
fn legible<'a>(name: &'static str, text: &'a str) -> Result<&'a str, Unwritable> {
    let lawful = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    match text.chars().find(|c| !lawful(*c)) {
        Some(character) => Err(Unwritable::Character { element: name, character }),
        None if text.trim().is_empty() => Err(Unwritable::Empty(name)),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_set_one_below_the_other() {
        let root = group("a", [text("b", "Ærø & <Læsø>").with("c", "\"1\" < 2"), group("d", [text("e", 5)])]);
        let wanted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b c=\"&quot;1&quot; &lt; 2\">Ærø &amp; &lt;Læsø&gt;</b>\n  \
                      <d>\n    <e>5</e>\n  </d>\n</a>\n";
        assert_eq!(root.document().unwrap(), wanted);
    }

    #[test]
    fn what_xml_cannot_say_is_refused() {
        for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            for refused in [text("a", character), group("a", [text("b", "c").with("d", character)])] {
                let refused = group("root", [refused]).document();
                assert!(
                    matches!(refused, Err(Unwritable::Character { character: found, .. }) if found == character),
                    "{refused:?}"
                );
            }
        }
        for lawful in ['\t', '\n', '\r', '\u{7f}', '\u{d7ff}', '\u{e000}', '\u{fffd}', '\u{10000}', '\u{10ffff}'] {
            assert!(text("a", format!("b{lawful}")).document().is_ok(), "{lawful:?}");
        }
    }

    #[test]
    fn nothing_stands_empty() {
        assert!(matches!(group("a", []).document(), Err(Unwritable::Empty("a"))));
        assert!(matches!(group("a", [text("b", " ")]).document(), Err(Unwritable::Empty("b"))));
        assert_eq!(optional("a", Some(" ")), None);
        assert_eq!(optional("a", None), None);
    }
}
