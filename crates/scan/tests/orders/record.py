#!/usr/bin/env python3
"""Records how the native tools order pairs of versions, for tests/orders/main.rs.

usage: record.py [NAME...]    all orders whose tool is here, or those named

Each order needs its tool:
  dpkg      dpkg
  rpm       rpm, with its Lua
  apk       a program that reads `A B` a line and writes `<`, `=`, `>` or `?`, in APK_COMPARE: ten
            lines of C over version.c of apk-tools
  python    the package `packaging`, also where pip has it inside
  semver    node, with npm's own copy of `semver`
  maven     java, with maven-artifact.jar in MAVEN_ARTIFACT
  gem       ruby
  composer  php, with Composer's `Semver` (Debian: php-composer-semver)

The pairs are made from a seed, so that a run with the same tools writes the same files. The texts
are what a version's grammar allows, near each other, and not only those that people write.
"""

import os
import random
import subprocess
import sys
import tempfile

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs")
COUNT = 2500


def numbers(rng, low, high, zero=0.1):
    def number():
        text = str(rng.choice([0, 1, 2, 9, 10, 11, rng.randint(0, 99), rng.randint(0, 20240131)]))
        return "0" + text if rng.random() < zero else text
    return ".".join(number() for _ in range(rng.randint(low, high)))


def dpkg(rng):
    epoch = rng.choice(["", "", "", "0:", "1:", "2:"])
    upstream = numbers(rng, 1, 4)
    upstream += rng.choice(["", "", "~rc1", "+dfsg", "a", "+git20200101.abc", "~", "+", "p1", "-1"])
    revision = rng.choice(["", "-1", "-2", "-10", "-1+deb12u1", "-1+deb12u10", "-1~bpo12+1",
                           "-1+b1", "-0ubuntu0.22.04.1", "-1.1", "-01"])
    return epoch + upstream + revision


def rpm(rng):
    epoch = rng.choice(["", "", "0:", "1:"])
    version = numbers(rng, 1, 3) + rng.choice(["", "", "~rc1", "^git1", "a", ".b", "~", "_1", "+x"])
    release = rng.choice(["1", "2", "10", "1.el9", "1.el9_2", "1.el9_2.1", "1.fc40", "01", "1~a",
                          "1^a", "20.module_el8.9.0+1", "1.amzn2023.0.2"])
    return f"{epoch}{version}-{release}"


def apk(rng):
    text = numbers(rng, 1, 4) + rng.choice(["", "", "a", "b", "z"])
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        suffix = rng.choice(["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"])
        text += f"_{suffix}" + rng.choice(["", "1", "2", "10", "20230717"])
    text += rng.choice(["", "", "", "~abc123", "~0f"])
    return text + rng.choice(["", "-r0", "-r1", "-r9", "-r10"])


def python(rng):
    text = rng.choice(["", "", "", "v", "1!"]) + numbers(rng, 1, 4)
    text += rng.choice(["", "", "a1", "b2", "rc1", ".rc10", "-alpha", "c1", "_beta3"])
    text += rng.choice(["", "", ".post1", "-1", ".post", ".rev2"])
    text += rng.choice(["", "", ".dev0", ".dev10", "dev1"])
    return text + rng.choice(["", "", "+local", "+1.abc", "+ubuntu.2"])


def semver(rng):
    def number():
        return str(rng.choice([0, 1, 2, 9, 10, 11, rng.randint(0, 99)]))
    text = ".".join(number() for _ in range(3))
    parts = rng.choice([0, 0, 1, 1, 2, 3])
    words = ["alpha", "beta", "rc", "0", "1", "2", "10", "x-y", "a1", "ALPHA", "rc1", "20240101"]
    if parts:
        text += "-" + ".".join(rng.choice(words) for _ in range(parts))
    return text + rng.choice(["", "", "+build", "+1.2"])


def maven(rng):
    text = numbers(rng, 1, 4)
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        word = rng.choice(["alpha", "beta", "a", "b", "m", "milestone", "rc", "cr", "snapshot", "ga",
                           "final", "release", "sp", "jre", "android", "x", "Final", "SNAPSHOT",
                           "1", "0", "2", "10", "20130101", ""])
        text += rng.choice(["-", ".", "", "-", "--"]) + word
        text += rng.choice(["", "", "1", "-1", ".2", "0"])
    return text


def gem(rng):
    text = numbers(rng, 1, 4)
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        text += rng.choice([".", "-", "."]) + rng.choice(
            ["pre", "rc1", "beta", "a", "0", "1", "alpha2", "b10", "x86", "A"])
    return text


def composer(rng):
    def number():
        return str(rng.choice([0, 1, 2, 9, 10, 11, rng.randint(0, 99)]))
    text = rng.choice(["", "v"]) + ".".join(number() for _ in range(rng.randint(1, 4)))
    text += rng.choice(["", "", "-alpha", "-alpha1", "-beta.2", "-RC1", "RC2", "-patch1", "-p2",
                        "-pl3", "-dev", "-beta10-dev", "-stable", "_a1", ".b2", "-rc-3", "+build"])
    return rng.choice([text, text, text, text, "2.x-dev", "2.1.x-dev", "20100102", "20100102-1",
                       "2010.01.02"])


def near(rng, name, text):
    """A version that differs in one place, after its epoch."""
    letters = {"dpkg": "0.-1a~+", "rpm": "0.1a~^_", "composer": "0.1ab"}.get(name, "0.-1a~+_")
    at = rng.randrange(text.find(":") + 1, len(text))
    return rng.choice([
        text[:at] + rng.choice("019") + text[at + 1:],
        text[:at] + text[at + 1:],
        text[:at + 1] + rng.choice(letters) + text[at + 1:],
        text + rng.choice([".0", "0", ".1", "a", ".0.0"]),
    ])


def can_be(name, text):
    """A package of rpm has one dash before its release, and a version on each side of it."""
    if name == "rpm":
        version, _, release = text.partition("-")
        return version[-1:].isalnum() and release[:1].isalnum() and "-" not in release
    return bool(text) and not set(text) & set(" \t")


def pairs(name, make):
    rng = random.Random(f"longshore {name}")
    seen = set()
    while len(seen) < COUNT * 2:
        one = make(rng)
        other = near(rng, name, one) if rng.random() < 0.6 else make(rng)
        if one != other and can_be(name, one) and can_be(name, other):
            seen.add((one, other))
    return sorted(seen)


def lines(command, found, **more):
    text = "".join(f"{one} {other}\n" for one, other in found)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, **more)
    return done.stdout.split()


def with_file(content, ending, command, found):
    with tempfile.NamedTemporaryFile("w", suffix=ending) as file:
        file.write(content)
        file.flush()
        return lines([*command, file.name], found)


def ask_dpkg(found):
    def sign(one, other):
        for word, written in (("lt", "<"), ("eq", "="), ("gt", ">")):
            done = subprocess.run(["dpkg", "--compare-versions", one, word, other],
                                  capture_output=True, text=True, check=False)
            if "bad syntax" in done.stderr:
                return "?"
            if done.returncode == 0:
                return written
        return "?"
    return [sign(one, other) for one, other in found]


def ask_rpm(found):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("".join(f"{one} {other}\n" for one, other in found))
        file.flush()
        script = (
            f"for line in io.lines('{file.name}') do "
            "local a, b = line:match('(%S+) (%S+)') "
            "local r = rpm.vercmp(a, b) "
            "print(r < 0 and '<' or r > 0 and '>' or '=') end"
        )
        done = subprocess.run(["rpm", "--eval", "%{lua: " + script + "}"],
                              capture_output=True, text=True, check=True)
        # Lua's `print` ends no line here.
        return list("".join(done.stdout.split()))


def ask_apk(found):
    return lines([os.environ["APK_COMPARE"]], found)


def ask_python(found):
    try:
        from packaging.version import InvalidVersion, Version
    except ImportError:
        from pip._vendor.packaging.version import InvalidVersion, Version

    def sign(one, other):
        try:
            one, other = Version(one), Version(other)
        except InvalidVersion:
            return "?"
        return "<" if one < other else ">" if one > other else "="
    return [sign(one, other) for one, other in found]


def ask_semver(found):
    return lines(["node", "-e", """
        const root = require('child_process').execSync('npm root -g').toString().trim();
        const semver = require(root + '/npm/node_modules/semver');
        for (const line of require('fs').readFileSync(0, 'utf8').trim().split('\\n')) {
          const [a, b] = line.split(' ');
          const valid = semver.valid(a) && semver.valid(b);
          console.log(valid ? '=><'.at(semver.compare(a, b)) : '?');
        }
    """], found)


def ask_maven(found):
    return with_file("""
        import org.apache.maven.artifact.versioning.ComparableVersion;
        import java.util.Scanner;
        public class Compare {
          public static void main(String... args) {
            Scanner in = new Scanner(System.in);
            while (in.hasNext()) {
              int r = new ComparableVersion(in.next()).compareTo(new ComparableVersion(in.next()));
              System.out.println(r < 0 ? "<" : r > 0 ? ">" : "=");
            }
          }
        }
    """, ".java", ["java", "-cp", os.environ["MAVEN_ARTIFACT"]], found)


def ask_gem(found):
    return with_file("""
        STDIN.each_line do |line|
          a, b = line.split
          good = Gem::Version.correct?(a) && Gem::Version.correct?(b)
          puts good ? ['=', '>', '<'][Gem::Version.new(a) <=> Gem::Version.new(b)] : '?'
        end
    """, ".rb", ["ruby"], found)


def ask_composer(found):
    return with_file("""<?php
        require 'Composer/Semver/autoload.php';
        $parser = new Composer\\Semver\\VersionParser();
        while ($line = fgets(STDIN)) {
          [$a, $b] = explode(' ', trim($line));
          try {
            $r = version_compare($parser->normalize($a), $parser->normalize($b));
            echo $r < 0 ? '<' : ($r > 0 ? '>' : '='), "\\n";
          } catch (UnexpectedValueException $e) {
            echo "?\\n";
          }
        }
    """, ".php", ["php"], found)


ORDERS = {
    "dpkg": (dpkg, ask_dpkg),
    "rpm": (rpm, ask_rpm),
    "apk": (apk, ask_apk),
    "python": (python, ask_python),
    "semver": (semver, ask_semver),
    "maven": (maven, ask_maven),
    "gem": (gem, ask_gem),
    "composer": (composer, ask_composer),
}


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name in sys.argv[1:] or ORDERS:
        make, ask = ORDERS[name]
        found = pairs(name, make)
        answers = ask(found)
        assert len(answers) == len(found), f"{name}: {len(answers)} answers, {len(found)} pairs"
        known = [(one, sign, other) for (one, other), sign in zip(found, answers) if sign in "<=>"]
        random.Random(0).shuffle(known)
        kept = sorted(known[:COUNT])
        with open(os.path.join(FOLDER, f"{name}.txt"), "w", encoding="utf-8") as file:
            file.writelines(f"{one} {sign} {other}\n" for one, sign, other in kept)
        print(f"{name}: {len(kept)} pairs")


if __name__ == "__main__":
    main()
