import Notation
import TestSupport
import Testing

@testable import Templates

struct RenderBodyTests {
  @Test(
    arguments: [
      "{}", #"{"b":1,"a":2}"#, #"{"aa":1,"a":2,"ab":3}"#, #"{"longer than eight":1,"longer":2}"#,
      #"{"same eight b":1,"same eight a":2}"#, #"{"\u0000":1,"":2,"a\u0000":3,"a":4}"#,
      #"{"é":1,"z":2,"日":3,"\ue000":4,"\uffff":5,"😀":6}"#,
      #"{"n":[0,-0.0,1.5,-7,1e21,1e-7,9007199254740993,123456789012345680000]}"#,
      #"{"s":"quote \" slash \\ / tab \t bell \u0007 line \n é 😀"}"#,
      #"{"deep":[[],{},[{}],{"x":[null,true,false]}]}"#,
    ])
  func `the record of an input is what RecordForm writes of its value`(_ input: String) throws {
    let body = try RenderBody(json: Array(#"{"input":\#(input)}"#.utf8), [.input])
    let value = try JSON.parse(input)
    #expect(.map(body.variables) == value)
    #expect(
      String(decoding: body.inputRecord, as: UTF8.self).utf8
        .elementsEqual(RecordForm.bytes(value)))
  }

  @Test(arguments: ["{}", #"{"input":null}"#, #"{"messages":null,"context":null}"#])
  func `what is missing or null is an empty input`(_ text: String) throws {
    let body = try RenderBody(json: Array(text.utf8), [.input, .messages, .context])
    #expect(body.inputRecord == RecordForm.bytes([:]))
    #expect(body.variables.isEmpty)
    #expect(!body.wantsProvenance)
  }

  @Test func `what no field may be is refused with the field`() {
    let cases: [(String, RenderBody.Flaw)] = [
      ("[]", .notAnObject), (#"{"other":1}"#, .unknownField("other")),
      (#"{"docs":[]}"#, .unknownField("docs")), (#"{"input":"x"}"#, .wrongKind(.input)),
      (#"{"messages":{}}"#, .wrongKind(.messages)), (#"{"context":[]}"#, .wrongKind(.context)),
      (#"{"provenance":1}"#, .wrongKind(.provenance)),
    ]
    for (text, flaw) in cases {
      #expect(throws: flaw) {
        try RenderBody(json: Array(text.utf8), [.input, .messages, .context, .provenance])
      }
    }
    #expect(throws: RenderBody.Flaw.self) { try RenderBody(json: Array("{".utf8), [.input]) }
  }
}
