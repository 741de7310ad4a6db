import Foundation
import TestSupport
import Testing

/// What may be at the other end of an address: one sentence each, and nothing is left behind.
@Suite struct BadHostTests {
  private let home: Home

  init() throws { home = try Home("alice", key: 1) }

  /// What `clone` says, having made nothing.
  private func refusal(_ url: String, ssh: String? = nil) throws -> (status: Int32, text: String) {
    let outcome = try home.run(
      ["clone", url, "c"], environment: ssh.map { ["GIT_SSH_COMMAND": $0] } ?? [:])
    #expect(!home.exists("c"))
    #expect(outcome.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count == 1)
    return (outcome.status, outcome.errors)
  }

  @Test func whatIsNoRegistryIsSaidToBeNone() throws {
    let host = try GitHost()
    try host.makeRepository("empty.git")
    try host.makeRepository("plain.git")
    try host.commit("plain.git", [host.git("plain.git", "mktree")])
    let cases: [(url: String, status: Int32, words: String)] = [
      (host.url("absent.git"), 1, "there is no git repository at"),
      (host.url("empty.git"), 1, "it is empty"),
      (host.url("plain.git"), 1, "is no registry"),
    ]
    for (url, status, words) in cases {
      let refusal = try refusal(url)
      #expect(refusal.status == status && refusal.text.contains(words), "\(refusal.text)")
    }
    let begun = try home.run(["init", "w", "--remote", host.url("plain.git")])
    #expect(begun.status == 1 && begun.errors.contains("there is something at"))
    #expect(!home.exists("w/.stet"))
  }

  @Test func aNewerFormatAsksForANewerProgram() throws {
    let host = try GitHost()
    try host.makeRepository("prompts.git")
    try home.stet("init", "w", "--remote", host.url("prompts.git"), "--as", "alice", in: ".")
    let program = Program("git", in: host.path("prompts.git"))
    let commit = try host.git("prompts.git", "cat-file", "commit", "main") + "\n"
    let newer = try program.run(
      ["hash-object", "-w", "-t", "commit", "--stdin"],
      input: Array(commit.replacing("Ledger-Format: 1", with: "Ledger-Format: 2").utf8))
    _ = try host.git(
      "prompts.git", "update-ref", "refs/heads/main", newer.text.filter { $0 != "\n" })
    let other = try Home("bob", key: 2)
    let refusal = try other.refusal("clone", host.url("prompts.git"), "c", in: ".")
    #expect(refusal.status == 1, "\(refusal.text)")
    #expect(refusal.text.contains("format 2") && refusal.text.contains("newer version"))
    #expect(!other.exists("c"))
  }

  @Test func aPasswordThatNobodyCanBeAskedForIsAnError() throws {
    let answer =
      "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
      + "Content-Length: 0\r\nConnection: close\r\n\r\n"
    let host = try Listener { connection in
      var request = [UInt8](repeating: 0, count: 4096)
      _ = read(connection, &request, request.count)
      _ = write(connection, answer, answer.utf8.count)
      close(connection)
    }
    let refusal = try refusal("http://127.0.0.1:\(host.port)/prompts.git")
    #expect(refusal.status == 3 && refusal.text.contains("asks for a password"), "\(refusal.text)")
  }

  @Test func anAddressThatCouldRunAProgramIsNoAddress() throws {
    for url in ["ext::sh -c touch% trapped", "ssh://-oProxyCommand=touch/x", "a::b"] {
      let outcome = try home.run(["clone", url, "c"])
      #expect(!outcome.succeeded)
      #expect(!home.exists("c") && !home.exists("trapped"))
    }
    let outcome = try home.run(["clone", "https://alice:secret@example.com/x.git"])
    #expect(outcome.status == 2 && outcome.errors.contains("a password in it would be shared"))
  }

  @Test func aHostThatNobodyRunsIsUnreachable() throws {
    let port = try Listener { close($0) }.port
    let refusal = try refusal("git://127.0.0.1:\(port)/prompts.git")
    #expect(refusal.status == 3 && refusal.text.contains("cannot be reached"), "\(refusal.text)")
    #expect(!refusal.text.contains(":\n") && !refusal.text.contains("writing"), "\(refusal.text)")
  }

  @Test func sshWorksWithItsKeysAndSaysWhatItHasAgainstAHost() throws {
    guard let ssh = try SSHHost(printing: "ssh") else { return }
    let path = ssh.folder.path + "/prompts.git"
    try home.stet("host", "init", path, in: ".")
    let good = try ssh.command(key: "user", knowing: "host")
    let begun = try home.run(
      ["init", "w", "--remote", ssh.url(path), "--as", "alice"],
      environment: ["GIT_SSH_COMMAND": good])
    #expect(begun.succeeded, "\(begun.errors)")
    let cases = [
      ("user", "other", 4, "has another key than the one it is known by"),
      ("user", nil, 3, "is not known here"), ("stranger", "host", 3, "does not let you in"),
    ]
    for (key, known, status, words) in cases {
      let refusal = try refusal(ssh.url(path), ssh: ssh.command(key: key, knowing: known))
      #expect(refusal.status == Int32(status) && refusal.text.contains(words), "\(refusal.text)")
    }
    let absent = try refusal(ssh.url(path + ".none"), ssh: good)
    #expect(absent.text.contains("there is no git repository"), "\(absent.text)")
    let cloned = try home.run(
      ["clone", ssh.url(path), "c"], environment: ["GIT_SSH_COMMAND": good])
    #expect(cloned.text.hasPrefix("cloned 1 entries"), "\(cloned.errors)")
  }
}
