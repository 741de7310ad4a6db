package import HTTP
import PromptRegistry

extension Problem {
  /// The words for a request that was turned away before any route saw it.
  package init(_ refusal: Refusal) {
    switch refusal {
    case .target(let flaw):
      self.init(.usage, status: refusal.status, Self.text(flaw))
    case .header(let flaw):
      self.init(.usage, status: refusal.status, Self.text(flaw))
    case .ambiguousFraming:
      self.init(.usage, status: refusal.status, "the length of the body is given in two ways")
    case .transferEncoding(let name):
      self.init(
        .usage, status: refusal.status, "the transfer encoding '\(name)' is not known here",
        hint: "send the body with a length, or in chunks")
    case .contentEncoding(let name):
      self.init(
        .usage, status: refusal.status, "a body with the encoding '\(name)' is not read here",
        hint: "send it as it is")
    case .bodyTooLarge(let limit):
      self.init(.limit, status: refusal.status, "the body is longer than \(limit) bytes")
    case .headersTooLarge(let limit):
      self.init(.limit, status: refusal.status, "the header is longer than \(limit) bytes")
    case .tooManyStreams(let limit):
      self.init(.busy, status: refusal.status, "all \(limit) event streams are taken")
    case .methodNotAllowed(let allowed):
      let names = allowed.map(\.name).joined(separator: ", ")
      self.init(.usage, status: refusal.status, "only \(names) can be asked of this")
    case .stopping:
      self.init(.busy, status: refusal.status, "the service is stopping")
    }
  }

  private static func text(_ flaw: HeaderFlaw) -> String {
    switch flaw {
    case .brokenLine:
      "a line of the header does not end with CR LF, goes on in the next, or holds a NUL or CR"
    case .blankInName: "the name of a header field is empty, or a space or tab follows it"
    case .severalHosts: "the field 'Host' is there twice"
    }
  }

  private static func text(_ flaw: TargetFlaw) -> String {
    switch flaw {
    case .badPercentEncoding: "a '%' in the path or query is not followed by two digits"
    case .forbiddenByte(let byte): "the path or query holds the byte \(byte), which may not occur"
    case .notUTF8: "the path or query is not UTF-8"
    case .notAPath: "the target is not a path"
    case .tooManyParts(let limit): "the path or query has more than \(limit) parts"
    }
  }
}
