import Foundation
import Notation
import Testing

/// How long reading and writing take, for `Tests/Scripts/bench-notation`.
@Suite struct SpeedTests {
  private static let body =
    #"{"input":{"customer":"Ada Lovelace","question":"My invoice of March shows two charges for"#
    + #" the same seat, can you check?","tier":"gold","count":3,"tags":["billing","invoice","urgent"]},"#
    + #""options":{"model":"googleai/gemini-2.5-flash","temperature":0.2,"stream":false},"id":null}"#

  private static let frontMatter = """
    name: support/triage
    description: Sorts a customer's message into a queue and a priority, with a reason.
    model: googleai/gemini-2.5-flash
    config: {temperature: 0.2, maxOutputTokens: 1024, topK: 40}
    input:
      default:
        tone: friendly
      schema:
        customer: string, the name by which the customer is addressed
        message: string, what the customer wrote
        history?(array, earlier messages):
          role: string
          text: string
        tier(enum, the contract): [free, silver, gold]
    output:
      format: json
      schema:
        queue(enum, where it goes): [billing, technical, sales]
        priority: integer, from 1 to 5
        reason: string, one sentence
    tools: [lookup, escalate]
    metadata:
      created: "2026-09-21"
      notes: |
        Keep the reason short.
        Never promise a refund.
    """

  @Test func `the times of reading and writing are printed on demand`() throws {
    guard ProcessInfo.processInfo.environment["STET_BENCH"] != nil else {
      print("skipped: nothing is measured here; run Tests/Scripts/bench-notation")
      return
    }
    let body = [UInt8](text: Self.body)
    let value = try JSON.parse(body)
    let record = RecordForm.bytes(value)
    let yaml = [UInt8](text: Self.frontMatter)
    report("JSON.parse of \(body.count) bytes, goal 2000") { try JSON.parse(body).map != nil }
    report("JSON.bytes of the same") { JSON.bytes(value).count == body.count }
    report("RecordForm.parse of \(record.count) bytes") { try RecordForm.parse(record).map != nil }
    report("YAML.parse of \(yaml.count) bytes, goal 33000") {
      try YAML.parse(yaml).value["tools"] != nil
    }
  }

  /// The best of many short rounds: what the machine can do when nobody disturbs it.
  private func report(_ name: String, _ body: () throws -> Bool) {
    var best = Duration.seconds(1)
    for _ in 0..<200 {
      let time = ContinuousClock().measure {
        for _ in 0..<200 where (try? body()) != true { preconditionFailure("\(name) failed") }
      }
      best = min(best, time)
    }
    print("notation: \(name): \(Int(best / .nanoseconds(200))) ns")
  }
}
