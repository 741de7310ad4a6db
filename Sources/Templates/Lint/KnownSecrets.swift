extension SecretShape {
  /// Every shape that is looked for; `docs/lint.md` names them all.
  ///
  /// Of two shapes that begin alike the more exact one stands first.
  static let known: [SecretShape] =
    privateKeys + clouds + codeHosts + modelProviders + messengers + payments + others

  /// The names of all shapes, each once, in the order in which they are tried.
  package static var names: [String] { known.map(\.name) }

  private static let privateKeys = [
    SecretShape(
      "private key",
      [
        "-----BEGIN PRIVATE KEY", "-----BEGIN RSA PRIVATE KEY", "-----BEGIN EC PRIVATE KEY",
        "-----BEGIN DSA PRIVATE KEY", "-----BEGIN OPENSSH PRIVATE KEY",
        "-----BEGIN ENCRYPTED PRIVATE KEY", "-----BEGIN PGP PRIVATE KEY BLOCK",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY", "PuTTY-User-Key-File-",
      ], []),
    SecretShape(
      "age private key", ["AGE-SECRET-KEY-1"], [.init(alphabet: .alphanumeric, atLeast: 58)]),
  ]

  private static let clouds = [
    SecretShape(
      "AWS access key", ["AKIA", "ASIA", "ABIA", "ACCA"],
      [.init(alphabet: .upperAlphanumeric, atLeast: 16)]),
    SecretShape(
      "AWS secret key",
      ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY"].flatMap { name in
        ["=", " = ", ": ", "=\"", ": \""].map { name + $0 }
      }, [.init(alphabet: .base64, atLeast: 40)]),
    SecretShape("Google API key", ["AIza"], [.init(alphabet: .base64URL, atLeast: 35)]),
    SecretShape("Google OAuth secret", ["GOCSPX-"], [.init(alphabet: .base64URL, atLeast: 28)]),
    SecretShape("Google access token", ["ya29."], [.init(alphabet: .base64URL, atLeast: 20)]),
    SecretShape("Azure storage key", ["AccountKey="], [.init(alphabet: .base64, atLeast: 86)]),
    SecretShape(
      "DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"],
      [.init(alphabet: .lowerHex, atLeast: 64)]),
    SecretShape("Databricks token", ["dapi"], [.init(alphabet: .lowerHex, atLeast: 32)]),
    SecretShape(
      "HashiCorp Vault token", ["hvs.", "hvb."], [.init(alphabet: .base64URL, atLeast: 24)]),
  ]

  private static let codeHosts = [
    SecretShape(
      "GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
      [.init(alphabet: .alphanumeric, atLeast: 36)]),
    SecretShape("GitHub token", ["github_pat_"], [.init(alphabet: .base64URL, atLeast: 36)]),
    SecretShape("GitLab token", ["glpat-", "gldt-"], [.init(alphabet: .base64URL, atLeast: 20)]),
    SecretShape("npm token", ["npm_"], [.init(alphabet: .alphanumeric, atLeast: 36)]),
    SecretShape("PyPI token", ["pypi-AgE"], [.init(alphabet: .base64URL, atLeast: 32)]),
  ]

  private static let modelProviders = [
    SecretShape("Anthropic API key", ["sk-ant-"], [.init(alphabet: .base64URL, atLeast: 20)]),
    SecretShape(
      "OpenAI API key", ["sk-proj-", "sk-svcacct-", "sk-admin-"],
      [.init(alphabet: .base64URL, atLeast: 20)]),
    SecretShape("OpenRouter API key", ["sk-or-v1-"], [.init(alphabet: .lowerHex, atLeast: 32)]),
    SecretShape("OpenAI-style API key", ["sk-"], [.init(alphabet: .alphanumeric, atLeast: 32)]),
    SecretShape("Hugging Face token", ["hf_"], [.init(alphabet: .alphanumeric, atLeast: 34)]),
    SecretShape("Groq API key", ["gsk_"], [.init(alphabet: .alphanumeric, atLeast: 40)]),
    SecretShape("xAI API key", ["xai-"], [.init(alphabet: .alphanumeric, atLeast: 60)]),
    SecretShape("Perplexity API key", ["pplx-"], [.init(alphabet: .alphanumeric, atLeast: 40)]),
    SecretShape("Replicate token", ["r8_"], [.init(alphabet: .alphanumeric, atLeast: 37)]),
  ]

  private static let messengers = [
    SecretShape(
      "Slack token",
      ["xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-"],
      [.init(alphabet: .base64URL, atLeast: 10)]),
    SecretShape("Slack app token", ["xapp-"], [.init(alphabet: .base64URL, atLeast: 20)]),
    SecretShape(
      "Slack webhook", ["https://hooks.slack.com/services/T"],
      [.init(alphabet: .base64, atLeast: 30)]),
    SecretShape(
      "SendGrid API key", ["SG."],
      [.init(alphabet: .base64URL, atLeast: 20), .init(alphabet: .base64URL, atLeast: 40)]),
    SecretShape("Mailgun API key", ["key-"], [.init(alphabet: .lowerHex, atLeast: 32)]),
  ]

  private static let payments = [
    SecretShape(
      "Stripe key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
      [.init(alphabet: .alphanumeric, atLeast: 16)]),
    SecretShape("Stripe webhook secret", ["whsec_"], [.init(alphabet: .base64, atLeast: 32)]),
    SecretShape(
      "Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"],
      [.init(alphabet: .alphanumeric, atLeast: 32)]),
  ]

  private static let others = [
    SecretShape(
      "JSON Web Token", ["eyJ"],
      [
        .init(alphabet: .base64URL, atLeast: 10), .init(alphabet: .base64URL, atLeast: 10),
        .init(alphabet: .base64URL, atLeast: 10),
      ])
  ]
}
