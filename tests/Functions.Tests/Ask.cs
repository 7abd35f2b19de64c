using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>Requests and answers of HTTP functions, without a server between.</summary>
internal static class Ask
{
    public static HttpRequest With(string body = "", params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers) request.Headers[name] = value;
        return request;
    }

    public static int StatusOf(IResult answer) => Assert.IsType<IStatusCodeHttpResult>(answer, exactMatch: false).StatusCode!.Value;

    /// <summary>What a refusal says.</summary>
    public static string WhyOf(IResult answer) =>
        Assert.IsType<ProblemDetails>(Assert.IsType<IValueHttpResult>(answer, exactMatch: false).Value, exactMatch: false).Detail!;

    /// <summary>A field of the answer's body.</summary>
    public static JsonElement FieldOf(IResult answer, string name) =>
        JsonSerializer.SerializeToElement(Assert.IsType<IValueHttpResult>(answer, exactMatch: false).Value).GetProperty(name);
}
