import Keys
import Notation
package import Templates

/// The answer to every rendering of one version as JSON, but for what the input decides: made once,
/// so that a service has only the rest to write.
package struct RenderFrame: Sendable {
  private let head: [UInt8]
  private let middle: [UInt8]
  private let end: [UInt8]

  /// `entry` is the one that published the version.
  package init(_ version: Resolved, _ metadata: PromptMetadata, entry: Int?) {
    head = Self.inside(RenderAnswer.fields(metadata), "{", ",\"messages\":")
    middle = Self.inside(
      ValueMap([("prompt", RenderAnswer.name(version))]), ",", ",\"input_digest\":\"")
    end = Self.inside(ValueMap([("entry", Field.number(entry))]), ",", "}\n")
  }

  /// The whole answer, which has the fields of `RenderAnswer` and the entry, and ends a line.
  package func bytes(
    _ rendering: Rendering, of body: RenderBody, _ detail: RenderAnswer.Detail
  ) -> [UInt8] {
    let size = rendering.bytes.count * 9 / 8 + Self.spareSize
    var output = Buffer<UInt8>(capacity: head.count + size + middle.count + end.count)
    output.append(head[...])
    rendering.append(messagesJSONTo: &output)
    output.append(middle[...])
    output.append(Digest(of: body.inputRecord).description)
    output.append("\",\"provenance\":")
    switch detail {
    case .messages: output.append("null")
    case .provenance: output.append(JSON.bytes(RenderAnswer.provenance(rendering, detail))[...])
    }
    output.append(end[...])
    return output.finish()
  }

  /// Room for a digest, the frames of messages and a few escapes.
  private static let spareSize = 512

  /// The members of an object without its braces.
  private static func inside(_ fields: ValueMap, _ before: String, _ behind: String) -> [UInt8] {
    Array(before.utf8) + JSON.bytes(.map(fields)).dropFirst().dropLast() + Array(behind.utf8)
  }
}
