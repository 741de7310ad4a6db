import Testing

@testable import Ledger

@Suite struct RemoteAddressTests {
  @Test(arguments: [
    "ssh://git@example.com/a/b.git", "git@example.com:a/b.git", "example.com:b", "/srv/b.git",
    "https://example.com/b.git", "https://user@example.com:8443/b.git", "http://127.0.0.1:80/b",
    "git://example.com/b.git", "file:///srv/b.git",
  ])
  func whatGitUnderstandsIsAnAddress(_ text: String) throws {
    #expect(try RemoteAddress(text).text == text)
  }

  @Test(arguments: [
    ("", RemoteAddress.Flaw.malformed), ("--upload-pack=evil", .malformed), ("a b:c", .malformed),
    ("../b.git", .malformed), ("b.git", .malformed), (":b", .malformed),
    ("ext::sh -c x", .malformed),
    ("ext::sh", .malformed), ("ext://x", .scheme), ("ftp://example.com/b", .scheme),
    ("https://user:secret@example.com/b", .password), ("ssh://u:p@h/b", .password),
    ("a:\u{7}", .malformed), ("a:é", .malformed),
  ])
  func whatCouldRunAProgramOrTellAPasswordIsNone(_ text: String, _ flaw: RemoteAddress.Flaw) {
    #expect(throws: flaw) { try RemoteAddress(text) }
  }
}

@Suite struct GitTalkTests {
  private func problem(_ errors: String) -> RemoteProblem {
    GitTalk(errors).problem
  }

  @Test func theWordsOfGitAndSSHAreUnderstood() {
    let rights =
      "\n\nPlease make sure you have the correct access rights\nand the repository exists."
    let known: [(String, RemoteProblem)] = [
      ("fatal: remote error: access denied or repository not exported: /x.git", .noRepository),
      ("fatal: '/x.git' does not appear to be a git repository\(rights)", .noRepository),
      ("fatal: repository 'http://127.0.0.1:1/x.git/' not found", .noRepository),
      (
        "ssh: connect to host h port 22: Connection refused\nfatal: Could not read from remote",
        .unreachable(words: "connect to host h port 22: Connection refused")
      ),
      (
        "fatal: unable to access 'https://h/': Could not resolve host: h",
        .unreachable(words: "unable to access 'https://h/': Could not resolve host: h")
      ),
      (
        "fatal: could not read Username for 'http://h': terminal prompts disabled", .needsPassword
      ),
      (
        "git@h: Permission denied (publickey).\nfatal: Could not read from remote.\(rights)",
        .denied(words: "Could not read from remote.")
      ),
      (
        "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
        .changedHostKey
      ),
      ("No ED25519 host key is known for h\nHost key verification failed.", .unknownHostKey),
      (
        "fatal: the remote end hung up unexpectedly",
        .lost(words: "the remote end hung up unexpectedly")
      ),
      ("", .failed(words: "it gave no reason")),
      // What the host says is no word of git's.
      ("remote: Permission denied\nfatal: odd", .failed(words: "odd")),
    ]
    for (words, expected) in known { #expect(problem(words) == expected, "\(words)") }
  }
}
