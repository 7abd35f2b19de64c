using System.Security.Cryptography;
using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

public sealed class RequestSignerTests
{
    private const string Payload = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943";

    // Example 1 of the exchange's General Info page, whose key and secret are made for it.
    [Fact]
    public void Sign_TheExchangesOwnExample_GivesItsSignature()
    {
        using var signer = RequestSigner.For(new(
            new("dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83"),
            new Secret("2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9")));

        Assert.Equal("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9", signer.Sign(Payload));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pass word")]
    public void Sign_WithAnRsaKeyFile_IsVerifiedByItsPublicKey(string? password)
    {
        using var key = RSA.Create(2_048);
        using var folder = new TempFolder();
        File.WriteAllText(folder["key.pem"], password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        using var signer = RequestSigner.For(new(new("key"), PrivateKeyFile: folder["key.pem"], PrivateKeyPassword: Secret.From(password)));

        var signature = Convert.FromBase64String(signer.Sign(Payload));

        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(Payload), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    // RFC 8410, section 10.3.
    [Fact]
    public void For_AnEd25519Key_RefusesAndSaysWhatIsAllowed()
    {
        const string Key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        var refusal = Refusal(Key);

        Assert.Contains("Ed25519", refusal);
        Assert.Contains("HMAC", refusal);
        Assert.Contains("RSA", refusal);
        Assert.DoesNotContain("MC4CAQ", refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all SECRETsecret")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nSECRETsecret\n-----END PRIVATE KEY-----")]
    public void For_AFileThatIsNoKey_RefusesWithoutQuotingIt(string content)
    {
        var refusal = Refusal(content);

        Assert.Contains("RSA", refusal);
        Assert.DoesNotContain("Ed25519", refusal);
        Assert.DoesNotContain("SECRET", refusal);
    }

    private static string Refusal(string pem)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["key.pem"], pem);
        return Assert.Throws<NotSupportedException>(() => RequestSigner.For(new(new("key"), PrivateKeyFile: folder["key.pem"]))).ToString();
    }
}
