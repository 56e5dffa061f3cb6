//! Programs that say what they were built from.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use object::write::Object;
use object::{Architecture, BinaryFormat, Endianness, SectionKind};
use scan::LayerFacts;

use crate::tarball::{Tarball, packages, unread};

const MODULES: &str = "path\texample.org/tool\n\
    mod\texample.org/tool\t(devel)\t\n\
    dep\tgolang.org/x/sys\tv0.0.0-20220715151400-c0bba94af5f8\th1:abc=\n\
    dep\texample.org/old\tv1.0.0\th1:abc=\n\
    =>\texample.org/new\tv1.2.0\th1:def=\n\
    dep\texample.org/folder\tv1.0.0\n\
    =>\t./folder\t\n\
    build\t-compiler=gc\n";

/// A text of Go with its length, which takes two bytes from 128 on.
fn text(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len();
    let low = u8::try_from(length & 0x7f).expect("seven bits");
    let high = u8::try_from(length >> 7).expect("a short text");
    let head = if high == 0 { vec![low] } else { vec![low | 0x80, high] };
    [head, bytes.to_vec()].concat()
}

fn build(version: &str, modules: &str) -> Vec<u8> {
    let mut header = b"\xff Go buildinf:\x08\x02".to_vec();
    header.resize(32, 0);
    let mark = [7; 16];
    let modules = [&mark[..], modules.as_bytes(), &mark].concat();
    [header, text(version.as_bytes()), text(&modules)].concat()
}

fn crates(json: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json.as_bytes()).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn program(format: BinaryFormat, sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut program = Object::new(format, Architecture::X86_64, Endianness::Little);
    for (name, content) in sections {
        let segment = if format == BinaryFormat::MachO { b"__DATA".to_vec() } else { Vec::new() };
        let id = program.add_section(segment, name.as_bytes().to_vec(), SectionKind::Data);
        program.set_section_data(id, content.clone(), 16);
    }
    program.write().expect("a program of few sections")
}

/// The headers of a program without sections, and what follows them.
fn windows(content: &[u8]) -> Vec<u8> {
    let mut program = b"MZ".to_vec();
    program.resize(60, 0);
    program.extend(64_u32.to_le_bytes());
    program.extend(b"PE\0\0\x64\x86");
    program.resize(64 + 20, 0);
    // The size of the optional header, and what kind of program it is.
    program.extend([240, 0, 0x22, 0, 0x0b, 2]);
    program.resize(64 + 24 + 108, 0);
    program.push(16);
    program.resize(64 + 24 + 240, 0);
    program.resize(program.len().next_multiple_of(16), 0);
    program.extend(content);
    program
}

fn read(content: Vec<u8>) -> LayerFacts {
    Tarball::new().program("bin/tool", content).facts()
}

#[test]
fn programs_of_go_name_their_modules() {
    let expected = [
        "Go example.org/new v1.2.0 bin/tool",
        "Go golang.org/x/sys v0.0.0-20220715151400-c0bba94af5f8 bin/tool",
        "Go stdlib 1.19.4 bin/tool",
    ];
    let build = build("go1.19.4", MODULES);
    let elf =
        program(BinaryFormat::Elf, &[(".text", vec![0; 64]), (".go.buildinfo", build.clone())]);
    let apple = program(BinaryFormat::MachO, &[("__go_buildinfo", build.clone())]);
    assert_eq!(packages(&read(elf.clone())), expected, "ELF");
    assert_eq!(packages(&read(apple)), expected, "Mach-O");
    assert_eq!(packages(&read(windows(&build))), expected, "Windows");
    let library = Tarball::new()
        .file("lib/tool.so", elf)
        .file("lib/none.so", program(BinaryFormat::Elf, &[]));
    let facts = library.facts();
    assert_eq!(packages(&facts).len(), 3);
    assert_eq!(facts.files.len(), 1, "a library that names nothing is not kept");
}

/// A program without sections, of a Go that points at its texts: one segment at an address.
fn old_program(pointers: [u64; 2]) -> Vec<u8> {
    const ADDRESS: u64 = 0x40_0000;
    const HEADERS: usize = 64 + 56;
    let version = b"go1.15.2";
    let mark = [7; 16];
    let modules = [&mark[..], b"mod\texample.org/old\tv1.0.0\th1:abc=\n", &mark].concat();
    // The build information, two headers of texts, and the texts.
    let [build, heads, texts] = [128, 160, 192];
    let total = texts + version.len() + modules.len();
    let mut elf = b"\x7fELF\x02\x01\x01".to_vec();
    elf.resize(16, 0);
    elf.extend([2, 0, 0x3e, 0, 1, 0, 0, 0]);
    let whole = |numbers: &[u64]| -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    };
    elf.extend(whole(&[ADDRESS, 64, 0]));
    elf.extend([0, 0, 0, 0, 64, 0, 56, 0, 1, 0, 64, 0, 0, 0, 0, 0]);
    elf.extend([1, 0, 0, 0, 5, 0, 0, 0]);
    elf.extend(whole(&[0, ADDRESS, ADDRESS, total as u64, total as u64, 0x1000]));
    assert_eq!(elf.len(), HEADERS);
    elf.resize(build, 0);
    elf.extend(b"\xff Go buildinf:\x08\x00");
    elf.extend(whole(&pointers.map(|pointer| ADDRESS + heads as u64 + pointer)));
    let text = ADDRESS + texts as u64;
    let lengths = [version.len() as u64, modules.len() as u64];
    elf.extend(whole(&[text, lengths[0], text + lengths[0], lengths[1]]));
    elf.extend(version);
    elf.extend(modules);
    elf
}

#[test]
fn programs_of_an_old_go_name_their_modules_too() {
    let found = ["Go example.org/old v1.0.0 bin/tool", "Go stdlib 1.15.2 bin/tool"];
    assert_eq!(packages(&read(old_program([0, 16]))), found);
    for pointers in [[0, 1 << 40], [u64::MAX - (1 << 30), 0], [8, 16]] {
        let facts = read(old_program(pointers));
        assert_eq!(unread(&facts), ["bin/tool: malformed: Go's build information is cut"]);
    }
}

#[test]
fn programs_of_rust_name_their_crates() {
    let json = r#"{"packages": [
        {"name": "h2", "version": "0.3.9", "source": "crates.io"},
        {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"},
        {"name": "tool", "version": "0.1.0", "source": "local", "root": true},
        {"name": "fork", "version": "0.2.0", "source": "git", "dependencies": [0]}]}"#;
    let facts = read(program(BinaryFormat::Elf, &[(".dep-v0", crates(json))]));
    assert_eq!(packages(&facts), ["Cargo fork 0.2.0 bin/tool", "Cargo h2 0.3.9 bin/tool"]);
    assert_eq!(unread(&facts), Vec::<String>::new());
}

#[test]
fn programs_that_lie_are_said_and_the_rest_goes_on() {
    let elf = |name: &str, content: Vec<u8>| program(BinaryFormat::Elf, &[(name, content)]);
    let go = |content: Vec<u8>| elf(".go.buildinfo", content);
    let old = [&b"\xff Go buildinf:\x08\x00"[..], &[0; 16]].concat();
    let cut = build("go1.19.4", MODULES)[..60].to_vec();
    let bomb = crates(&" ".repeat(9 << 20));
    let whole = elf(".dep-v0", crates("{\"packages\": []}"));
    #[rustfmt::skip]
    let cases = [
        // program                                       what is said
        (go(b"\xff Go buildinf:".to_vec()),              "malformed: Go's build information"),
        (go(old),                                        "malformed: Go's build information is cut"),
        (go(cut),                                        "malformed: Go's build information is cut"),
        (go(build("go1.19.4", "dep\tx y\tv1\x07\n")),    "malformed: 1 entries; the first: a version is empty, too long or has control characters"),
        (elf(".dep-v0", b"not compressed".to_vec()),     "malformed: corrupt deflate stream"),
        (elf(".dep-v0", crates("{")),                    "malformed: EOF while parsing an object at line 1 column 1"),
        (elf(".dep-v0", bomb),                           "malformed: the list of crates is too long"),
        (b"\x7fELF of nothing".to_vec(),                 "malformed: Could not read file magic"),
    ];
    for (content, expected) in cases {
        let facts = Tarball::new()
            .program("bin/tool", content)
            .file("var/lib/dpkg/status", "Package: a\nVersion: 1\n")
            .facts();
        assert_eq!(unread(&facts), [format!("bin/tool: {expected}")]);
        assert!(packages(&facts).contains(&"Deb a 1 var/lib/dpkg/status".to_owned()));
    }
    for cut in [4, 20, 63, 64, whole.len() / 2, whole.len() - 1] {
        assert!(packages(&read(whole[..cut].to_vec())).is_empty());
    }
    // Text that begins like a program of Windows is none.
    assert_eq!(unread(&read(b"MZ is how this text begins".to_vec())), Vec::<String>::new());
}
