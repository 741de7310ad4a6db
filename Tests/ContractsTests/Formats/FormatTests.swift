import Notation
import Testing

@testable import Contracts

/// A few texts a format; the public suite has hundreds.
@Suite struct FormatTests {
  static let accepted: [(Format, [String])] = [
    (.date, ["2026-11-21", "2024-02-29", "2000-02-29"]),
    (.time, ["09:00:00Z", "09:00:00.5+01:00", "23:59:60Z", "00:59:60+01:00"]),
    (.dateTime, ["2026-11-21T09:00:00Z", "2026-11-21t09:00:00.25-08:00"]),
    (.duration, ["P1D", "PT5M", "P1Y2M3DT4H5M6S", "P2W", "P1M"]),
    (.email, ["bob@example.com", #""b ob"@example.com"#, "b@[127.0.0.1]", "b@[IPv6:::1]"]),
    (.idnEmail, ["δοκιμή@example.com", "b@пример.рф"]),
    (.hostname, ["example.com", "a--b", "xn--mnchen-3ya.de", "1a"]),
    (.idnHostname, ["münchen.de", "例え.jp", "l·l", "a。b"]),
    (.ipv4, ["127.0.0.1", "0.0.0.0", "255.255.255.255"]),
    (.ipv6, ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::8"]),
    (.uri, ["https://a.example/b?c=d#e", "urn:a:b", "mailto:a@b", "http://[::1]:80/", "a:"]),
    (.uriReference, ["", "#a", "/a/b", "//a", "./a:b", "?q"]),
    (.iri, ["http://bücher.example/ä"]),
    (.iriReference, ["/ä#ö"]),
    (.uriTemplate, ["/a/{b}", "{+a,b*,c:3}", "{?q}", ""]),
    (.jsonPointer, ["", "/", "/a/0/b~0~1", "/\u{301}a"]),
    (.relativeJSONPointer, ["0", "1/a", "2#", "0+1/a", "0-1"]),
    (.regex, ["^a+$", "\\d{2}", "(?<n>a)"]),
    (.uuid, ["00000000-0000-0000-0000-000000000000", "ABCDEFab-cdef-0123-4567-89abcdefABCD"]),
  ]

  static let refused: [(Format, [String])] = [
    (.date, ["2026-02-29", "1900-02-29", "2026-13-01", "26-01-01", "2026-1-01", "2026-11-21 "]),
    (.time, ["09:00:00", "24:00:00Z", "09:60:00Z", "09:00:60Z", "09:00:00.Z", "9:00:00Z"]),
    (.dateTime, ["2026-11-21 09:00:00Z", "2026-11-21T09:00:00", "2026-11-21"]),
    (.duration, ["P", "PT", "1D", "P1", "P1DT", "P1W1D", "P1D1M", "P1Y1D", "PT1S1M"]),
    (.email, ["bob", "@a.b", "bob@", ".b@a.b", "b..b@a.b", "b b@a.b", "δ@a.b", #""b@a.b"#]),
    (.idnEmail, ["δοκιμή", "a b@c.d"]),
    (.hostname, ["", ".", "a.", "-a", "a-", "a_b", "münchen.de", "xn--X", "a b"]),
    (.idnHostname, ["", "a·l", "-ä", "ä-", "\u{300}a", "a\u{200D}b", "aא"]),
    (.ipv4, ["1.2.3", "256.0.0.1", "01.2.3.4", "1.2.3.4.5", "1.2.3.", "１.2.3.4"]),
    (.ipv6, ["", ":", ":::", "1", "1:2:3:4:5:6:7", "1::2::3", "12345::", "::1.2.3", "::1%a"]),
    (.uri, ["/a", "a b:c", "http://a b", "http://[::1", "http://a:b", "a:%zz", "a:\\b"]),
    (.uriReference, ["a:b c", "1:b", "%", "/[", "\u{E4}"]),
    (.iri, ["/ä", "ä:b"]),
    (.iriReference, ["ä b", "\\"]),
    (.uriTemplate, ["{", "}", "{}", "{a,}", "{a:0}", "{a b}", "a b"]),
    (.jsonPointer, ["a", "#/a", "/~", "/~2"]),
    (.relativeJSONPointer, ["", "/a", "-1", "01", "0a", "0#a", "0+"]),
    (.regex, ["(", "[", "a**", "\\a"]),
    (
      .uuid, ["", "00000000-0000-0000-0000-00000000000", "0000000000000000-0000-0000-000000000000"]
    ),
  ]

  @Test(arguments: accepted) func `a format accepts what its grammar has`(
    format: Format, texts: [String]
  ) {
    for text in texts { #expect(format.accepts(text), "\(text)") }
  }

  @Test(arguments: refused) func `a format refuses what its grammar has not`(
    format: Format, texts: [String]
  ) {
    for text in texts { #expect(!format.accepts(text), "\(text)") }
  }

  @Test func `every format is tried both ways`() {
    #expect(Set(Self.accepted.map(\.0)) == Set(Format.allCases))
    #expect(Set(Self.refused.map(\.0)) == Set(Format.allCases))
  }

  @Test func `a format is a remark unless it is asserted, and unknown ones always are`() throws {
    for (format, isValid) in [("date", false), ("x-mine", true)] {
      let schema: Value = ["format": .string(format)]
      #expect(try Schema(schema).isValid("no date"))
      #expect(try Schema(schema, formats: .asserted).isValid("no date") == isValid)
      #expect(try Schema(schema, formats: .asserted).isValid(7))
    }
  }
}
