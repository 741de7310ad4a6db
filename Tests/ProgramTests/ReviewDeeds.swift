import Foundation

/// Deeds of several people: requests, reviews, and what comes of them.
extension Deed {
  /// The number that the first request of a team gets.
  private static let request = "9"

  /// Each prepared by whatever has to come before it.
  static let reviewing = [
    Deed(words: ["approve", request, "--key", "$SITE/bob"]) { try $0.askAndShow() },
    Deed(words: ["promote", "support/reply", "--to", "production", "-m", "Launch"]) {
      try $0.becomeTeam()
    },
    Deed(words: ["reject", request, "-m", "Not yet", "--key", "$SITE/carol"]) {
      try $0.askAndShow()
    },
    Deed(words: ["close", request]) { try $0.askAndShow() },
    Deed(words: ["promote", request]) { site in
      try site.askAndShow()
      try site.succeed("approve", request, "--key", "$SITE/bob")
    },
    Deed(
      words: ["approve", request, "--promote", "--key", "$SITE/bob"], rest: ["promote", request]
    ) { try $0.askAndShow() },
    Deed(
      words: ["member", "add", "dave", "--public-key", "$SITE/dave.pub", "--role", "author"]
    ) { try $0.succeed("key", "new", "\($0.path)/dave") },
    Deed(words: ["policy", "set", "$SITE/policy.yaml"]) { site in
      let policy = try site.succeed("policy", "show").text
      try site.write(policy.replacing("name: production", with: "name: live"), to: "policy.yaml")
    },
    Deed(words: ["member", "revoke", "bob"]) { try $0.becomeTeam() },
    Deed(words: ["policy", "preset", "team"]),
  ]
}

extension Site {
  /// Alice lets bob and carol in, and nothing goes to production without one of them.
  func becomeTeam() throws {
    try succeed("policy", "preset", "team")
    for name in ["bob", "carol"] {
      try succeed("key", "new", "\(path)/\(name)")
      try succeed(
        "member", "add", name, "--public-key", "\(path)/\(name).pub", "--role", "reviewer",
        "--role", "operator")
    }
  }

  /// The same, then alice asks for a promotion and the others look at it.
  func askAndShow() throws {
    try becomeTeam()
    try succeed("promote", "support/reply", "--to", "production", "-m", "Launch")
    for name in ["bob", "carol"] { try succeed("review", "9", "--key", "\(path)/\(name)") }
  }
}
