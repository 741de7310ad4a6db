import Testing

@testable import Templates

@Suite struct SecretsTests {
  /// Never a whole token in this file: other people's scanners would stop at it.
  private static func letters(_ count: Int) -> String { String(repeating: "aB3", count: count) }

  private static let samples: [(name: String, text: String)] = [
    ("private key", "-----BEGIN " + "OPENSSH PRIVATE KEY-----"),
    ("private key", "-----BEGIN " + "PRIVATE KEY-----"),
    ("age private key", "AGE-SECRET-" + "KEY-1" + letters(20)),
    ("AWS access key", "AKIA" + String(repeating: "A1", count: 8)),
    ("AWS secret key", "aws_secret_access_key = " + letters(14)),
    ("Google API key", "AIza" + letters(12)),
    ("Google OAuth secret", "GOCSPX-" + letters(10)),
    ("Google access token", "ya29." + letters(10)),
    ("Azure storage key", "AccountKey=" + letters(29)),
    ("DigitalOcean token", "dop_v1_" + String(repeating: "0a", count: 32)),
    ("Databricks token", "dapi" + String(repeating: "0a", count: 16)),
    ("HashiCorp Vault token", "hvs." + letters(9)),
    ("GitHub token", "ghp_" + letters(12)),
    ("GitHub token", "github_pat_" + letters(4) + "_" + letters(9)),
    ("GitLab token", "glpat-" + letters(7)),
    ("npm token", "npm_" + letters(12)),
    ("PyPI token", "pypi-AgE" + letters(11)),
    ("Anthropic API key", "sk-ant-api03-" + letters(9)),
    ("OpenAI API key", "sk-proj-" + letters(9)),
    ("OpenRouter API key", "sk-or-v1-" + String(repeating: "0a", count: 32)),
    ("OpenAI-style API key", "sk-" + letters(16)),
    ("Hugging Face token", "hf_" + letters(12)),
    ("Groq API key", "gsk_" + letters(17)),
    ("xAI API key", "xai-" + letters(20)),
    ("Perplexity API key", "pplx-" + letters(14)),
    ("Replicate token", "r8_" + letters(13)),
    ("Slack token", "xoxb-" + "1234567890-" + letters(4)),
    ("Slack app token", "xapp-1-" + letters(9)),
    ("Slack webhook", "https://hooks.slack.com/services/T" + "00000000/B00000000/" + letters(8)),
    ("SendGrid API key", "SG." + letters(7) + "." + letters(14)),
    ("Mailgun API key", "key-" + String(repeating: "0a", count: 16)),
    ("Stripe key", "sk_live_" + letters(8)),
    ("Stripe webhook secret", "whsec_" + letters(11)),
    ("Shopify token", "shpat_" + letters(11)),
    ("JSON Web Token", "eyJ" + letters(5) + ".eyJ" + letters(5) + "." + letters(8)),
  ]

  @Test(
    "every known shape is found in the middle of a sentence, at its exact place",
    arguments: samples)
  func found(_ sample: (name: String, text: String)) throws {
    let text = "Use é \(sample.text) here."
    let found = Secrets.find(in: Array(text.utf8))
    try #require(found.map(\.name) == [sample.name])
    let start = "Use é ".utf8.count
    #expect(found[0].range.lowerBound == start)
    #expect(found[0].range.upperBound <= start + sample.text.utf8.count)
  }

  @Test func everyShapeHasASample() {
    #expect(Set(SecretShape.names) == Set(Self.samples.map(\.name)))
  }

  @Test(
    "words that only look like the beginning of a token are left alone",
    arguments: [
      "task-force and risk-assessment", "sk-learn", "ask-" + letters(16), "AKIAN",
      "key-value pairs",
      "the ghp_ prefix", "eyJust.a.text", "-----BEGIN CERTIFICATE-----", "pypi-AgE", "AccountKey=",
    ])
  func notFound(_ text: String) {
    #expect(Secrets.find(in: Array(text.utf8)).isEmpty)
  }

  @Test func twoSecretsInOneTextAreBothFound() {
    let token = "ghp_" + Self.letters(12)
    #expect(Secrets.find(in: Array("\(token) \(token)".utf8)).count == 2)
  }

  /// A walk from each of them to the end would take hours.
  @Test func aMebibyteOfBeginningsIsWalkedToTheEnd() {
    let text = String(repeating: "eyJ-", count: 1 << 18)
    #expect(Secrets.find(in: Array(text.utf8)).isEmpty)
  }
}
