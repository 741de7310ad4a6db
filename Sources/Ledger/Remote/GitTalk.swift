/// What the `git` program says, understood: it tells the reasons of its failures in words alone.
struct GitTalk {
  private let lines: [Substring]

  /// Takes what it said on its standard error.
  init(_ errors: String) { lines = errors.split(whereSeparator: \.isNewline) }

  /// Why it failed.
  var problem: RemoteProblem {
    for (words, problem) in Self.known where says(words) { return problem(reason) }
    return .failed(words: reason)
  }

  /// Whether this machine has no room left.
  var isFull: Bool { says(Self.full) }

  /// Whether the host has none.
  var isHostFull: Bool { Self.full.contains { hostsWords.contains($0) } }

  private static let full = ["No space left on device", "Out of diskspace", "Disk quota exceeded"]

  /// Whether it looked for a reference that the host does not have.
  var lacksReference: Bool { says(["couldn't find remote ref"]) }

  /// What the host itself said, without the mark that git puts before it.
  var hostsWords: String {
    let said = lines.filter { $0.hasPrefix(Self.hostMark) }.map { line in
      let words = String(line.dropFirst(Self.hostMark.count)).trimmed
      return words.hasPrefix("error: ") ? String(words.dropFirst("error: ".count)) : words
    }
    return said.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let hostMark = "remote: "

  /// The first that fits counts, so what tells more stands before what tells less.
  private static let known: [(words: [String], problem: @Sendable (String) -> RemoteProblem)] = [
    (
      ["terminal prompts disabled", "could not read Username", "could not read Password"],
      { _ in .needsPassword }
    ),
    (["REMOTE HOST IDENTIFICATION HAS CHANGED"], { _ in .changedHostKey }),
    (["Host key verification failed"], { _ in .unknownHostKey }),
    (
      ["Permission denied", "Authentication failed", "returned error: 403", "Access denied"],
      { .denied(words: $0) }
    ),
    (
      [
        "does not appear to be a git repository", "' not found", "Repository not found",
        "repository not exported", "no such repository",
      ],
      { _ in .noRepository }
    ),
    (
      [
        "Could not resolve", "unable to look up", "Connection refused", "Connection timed out",
        "Network is unreachable", "No route to host", "Failed to connect", "unable to connect",
        "Operation timed out",
      ], { .unreachable(words: $0) }
    ),
    (
      [
        "hung up", "early EOF", "unexpected disconnect", "Connection reset", "Connection closed",
        "Broken pipe", "transfer closed", "bytes of body are still expected", "Recv failure",
        "Send failure", "Empty reply", "invalid index-pack output", "eof before pack header",
      ],
      { .lost(words: $0) }
    ),
  ]

  /// What git and ssh say themselves.
  private var own: [Substring] { lines.filter { !$0.hasPrefix(Self.hostMark) } }

  private func says(_ words: [String]) -> Bool {
    own.contains { line in words.contains { line.contains($0) } }
  }

  /// The line that tells most: the first that ssh or git calls an error, else the last.
  var reason: String {
    let marks = ["ssh: ", "fatal: remote error: ", "fatal: ", "error: "]
    for (place, line) in own.enumerated() {
      guard let mark = marks.first(where: { line.hasPrefix($0) }) else { continue }
      let words = String(line.dropFirst(mark.count)).trimmed
      // What follows a colon at the end is the reason itself.
      guard words.hasSuffix(":"), let next = own.dropFirst(place + 1).first else { return words }
      return "\(words) \(next)".trimmed
    }
    let words = own.last.map { String($0).trimmed } ?? hostsWords
    return words.isEmpty ? "it gave no reason" : words
  }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
