using System.Security.Cryptography;
using System.Text;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireSignatureTests
{
    // The worked example of the exchange's "General Info" page.
    private const string Key = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83";
    private const string Secret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
    private const string Payload =
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943";

    private const string Signature = "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
    private const long SignedMs = 1_591_702_613_943;

    [Theory]
    [InlineData(Payload + "&signature=" + Signature, "")]
    [InlineData("", Payload + "&signature=" + Signature)]
    public void Check_TheExchangesOwnExample_Passes(string query, string body) =>
        Assert.Null(Check(new(query, body)));

    [Fact]
    public void Check_QueryAndBodyTogether_AreJoinedWithoutAnything()
    {
        const string Query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
        const string Body = "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943";

        Assert.Null(Check(new(Query, $"{Body}&signature={Hmac(Query + Body)}")));
        Assert.Null(Check(new($"{Query}&signature={Hmac(Query + Body)}", Body)));
        Assert.Equal(-1022, Check(new(Query, $"{Body}&signature={Hmac(Query + "&" + Body)}"))?.Code);
    }

    [Fact]
    public void Check_CapitalHex_Passes() => Assert.Null(Check(new($"{Payload}&signature={Signature.ToUpperInvariant()}")));

    [Theory]
    [InlineData("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af8")]
    [InlineData("short")]
    [InlineData("zz661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    public void Check_WrongSignature_Is1022(string signature) =>
        Assert.Equal(-1022, Check(new($"{Payload}&signature={signature}"))?.Code);

    [Theory]
    [InlineData(5_000, null)]
    [InlineData(5_001, -1021)]
    [InlineData(-999, null)]
    [InlineData(-1_000, -1021)]
    public void Check_Timestamp_HoldsItsWindow(long laterMs, int? code) =>
        Assert.Equal(code, Check(new($"{Payload}&signature={Signature}"), SignedMs + laterMs)?.Code);

    [Theory]
    [InlineData("symbol=BTCUSDT&signature=00", -1102, "timestamp")]
    [InlineData("timestamp=1591702613943", -1102, "signature")]
    [InlineData("timestamp=soon&signature=00", -1102, "timestamp")]
    [InlineData("timestamp=1591702613943&recvWindow=60001&signature=00", -1131, "recvWindow")]
    public void Check_ParametersOfSigning_AreAskedFor(string query, int code, string named)
    {
        var refusal = Check(new(query));

        Assert.Equal(code, refusal?.Code);
        Assert.Contains(named, refusal!.Message);
    }

    [Theory]
    [InlineData(null, -2014)]
    [InlineData("", -2014)]
    [InlineData("no key!", -2014)]
    [InlineData("another", -2015)]
    public void Check_Key_MustBeKnown(string? key, int code)
    {
        using var keys = Keys();
        var refusal = keys.Check(Security.Key, key, new(""), SignedMs, out var account);

        Assert.Equal((code, 401, ""), (refusal?.Code, refusal?.Status, account));
    }

    [Fact]
    public void Check_EncodedValues_AreSignedAsSent()
    {
        var encoded = $"symbol={Uri.EscapeDataString("币安人生USDT")}&timestamp={SignedMs}";

        Assert.Null(Check(new($"{encoded}&signature={Hmac(encoded)}")));
        Assert.Equal(-1022, Check(new($"{encoded}&signature={Hmac(Uri.UnescapeDataString(encoded))}"))?.Code);
    }

    [Fact]
    public void Check_BeforeTheChange_TakesTheSignatureOfDecodedValuesToo()
    {
        var encoded = $"symbol={Uri.EscapeDataString("币安人生USDT")}&timestamp={SignedMs}";
        using var keys = Keys(new() { Changes = new() { EncodedSignature = false } });

        var sent = new Parameters($"{encoded}&signature={Hmac(Uri.UnescapeDataString(encoded))}");
        Assert.Null(keys.Check(Security.Signed, Key, sent, SignedMs, out _));
    }

    [Fact]
    public void Check_RsaKey_TakesItsSignatureOnly()
    {
        using var rsa = RSA.Create(2048);
        using var keys = new KeyRing(new() { RsaApiKey = "rsa", RsaPublicKeyPem = rsa.ExportSubjectPublicKeyInfoPem() });
        var payload = $"timestamp={SignedMs}";
        var signature = Convert.ToBase64String(
            rsa.SignData(Encoding.UTF8.GetBytes(payload), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Null(keys.Check(Security.Signed, "rsa", new($"{payload}&signature={Uri.EscapeDataString(signature)}"), SignedMs, out _));
        Assert.Equal(-1022, keys.Check(Security.Signed, "rsa", new($"{payload}&symbol=A&signature={Uri.EscapeDataString(signature)}"), SignedMs, out _)?.Code);
        Assert.Equal(-1022, keys.Check(Security.Signed, "rsa", new($"{payload}&signature={Signature}"), SignedMs, out _)?.Code);
    }

    private static KeyRing Keys(FaultScript? faults = null) => new(new() { ApiKey = Key, ApiSecret = Secret, Faults = faults ?? new() });

    private static Refusal? Check(Parameters parameters, long serverMs = SignedMs)
    {
        using var keys = Keys();
        return keys.Check(Security.Signed, Key, parameters, serverMs, out _);
    }

    private static string Hmac(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
}
