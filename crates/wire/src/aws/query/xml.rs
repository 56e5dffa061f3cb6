//! Values as XML: a member is an element, an element of a list is a `member`.
//!
//! It writes only what the generated types consist of: texts, numbers, booleans, lists, maps and
//! structures. An empty value is an empty element; an absent one is left out.

use std::fmt;

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

/// A document that grows.
#[derive(Default)]
pub(super) struct Xml {
    text: String,
    depth: usize,
    /// Was an element the last that was written, rather than a text?
    after_element: bool,
}

impl Xml {
    /// The outermost element.
    pub(super) fn root(&mut self, name: &str, namespace: &str, inside: impl FnOnce(&mut Self)) {
        self.text.extend(["<", name, " xmlns=\"", namespace, "\">"]);
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.text.extend(["\n</", name, ">\n"]);
    }

    /// An element with elements in it.
    pub(super) fn inside(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let never: Result<(), NotXml> = self.tagged(name, |xml| {
            inside(xml);
            Ok(())
        });
        never.expect("nothing was serialized");
    }

    /// An element with a value in it.
    pub(super) fn element(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.value(name, value).expect("generated types hold what this file writes");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn value(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), NotXml> {
        self.tagged(name, |xml| value.serialize(xml))
    }

    fn tagged(
        &mut self,
        name: &str,
        inside: impl FnOnce(&mut Self) -> Result<(), NotXml>,
    ) -> Result<(), NotXml> {
        self.new_line();
        self.text.extend(["<", name, ">"]);
        let start = self.text.len();
        self.after_element = false;
        self.depth += 1;
        inside(self)?;
        self.depth -= 1;
        if self.text.len() == start {
            self.text.truncate(start - 1);
            self.text.push_str("/>");
        } else {
            if self.after_element {
                self.new_line();
            }
            self.text.extend(["</", name, ">"]);
        }
        self.after_element = true;
        Ok(())
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    /// A text, escaped so that every XML reader returns it unchanged. Characters that XML cannot
    /// contain become U+FFFD.
    fn characters(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '\r' => self.text.push_str("&#xD;"),
                '\t' | '\n' => self.text.push(character),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.text.push('\u{fffd}'),
                _ => self.text.push(character),
            }
        }
    }
}

/// A value that no generated type holds.
#[derive(Debug)]
pub(super) struct NotXml(String);

impl fmt::Display for NotXml {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotXml {}

impl serde::ser::Error for NotXml {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(text.to_string())
    }
}

/// Values that are written as `Display` writes them.
macro_rules! displayed {
    ($($method:ident: $type:ty,)+) => {
        $(fn $method(self, value: $type) -> Result<(), NotXml> {
            self.characters(&value.to_string());
            Ok(())
        })+
    };
}

type Never = Impossible<(), NotXml>;

impl<'a> Serializer for &'a mut Xml {
    type Ok = ();
    type Error = NotXml;
    type SerializeSeq = Members<'a>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never;

    displayed! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<(), NotXml> {
        Err(NotXml::custom("bytes are written as base64 texts"))
    }

    fn serialize_none(self) -> Result<(), NotXml> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotXml> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NotXml> {
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), NotXml> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), NotXml> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), NotXml> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotXml> {
        self.value(variant, value)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Members<'a>, NotXml> {
        Ok(Members(self))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Never, NotXml> {
        Err(NotXml::custom("a tuple has no element names"))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Never, NotXml> {
        Err(NotXml::custom(name))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never, NotXml> {
        Err(NotXml::custom(name))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries<'a>, NotXml> {
        Ok(Entries { xml: self, key: String::new() })
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Self, NotXml> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never, NotXml> {
        Err(NotXml::custom(name))
    }
}

impl SerializeStruct for &mut Xml {
    type Ok = ();
    type Error = NotXml;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotXml> {
        self.value(name, value)
    }

    fn end(self) -> Result<(), NotXml> {
        Ok(())
    }
}

/// The elements of a list.
pub(super) struct Members<'a>(&'a mut Xml);

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = NotXml;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotXml> {
        self.0.value("member", value)
    }

    fn end(self) -> Result<(), NotXml> {
        Ok(())
    }
}

/// The entries of a map.
pub(super) struct Entries<'a> {
    xml: &'a mut Xml,
    key: String,
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = NotXml;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotXml> {
        let key = serde_json::to_value(key).map_err(NotXml::custom)?;
        let key = key.as_str().ok_or_else(|| NotXml::custom("a key is a text"))?;
        key.clone_into(&mut self.key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotXml> {
        let Self { xml, key } = self;
        xml.tagged("entry", |xml| {
            xml.value("key", key.as_str())?;
            xml.value("value", value)
        })
    }

    fn end(self) -> Result<(), NotXml> {
        Ok(())
    }
}
