using FuturesBot.Infra.Tests.Bicep;
using Xunit;

namespace FuturesBot.Infra.Tests;

public sealed class ParserTests
{
    [Fact]
    public void Parse_EveryDeclaration_IsReadWithItsParts()
    {
        var template = Parser.Parse("a.bicep", """
            targetScope = 'subscription'
            @description('where')
            @allowed(['a', 'b'])
            param place string = 'a'
            param maybe string?
            var both = '${place}-${maybe ?? 'none'}'
            resource group 'Microsoft.Resources/resourceGroups@2025-04-01' existing = {
              name: both
            }
            module inner 'm/inner.bicep' = [for (item, index) in [1, 2]: if (item > 1) {
              name: 'inner-${index}'
            }]
            output id string = group.id
            """);

        Assert.Equal("subscription", template.Scope);
        Assert.Equal(["place", "maybe", "both", "group", "inner", "id"], template.Declarations.Select(declaration => declaration.Name));
        Assert.Equal(["description", "allowed"], template.Declarations[0].Decorators.Select(decorator => decorator.Function));
        Assert.Equal("string?", template.Declarations[1].Of);
        Assert.True(template.Declarations[3].Existing);
        Assert.Equal("name", Assert.Single(template.Declarations[4].Body!.Properties).Key);
        Assert.Equal(7, template.Declarations[3].Line);
    }

    [Fact]
    public void Parse_OperatorsOfUnequalStrength_NestAsTheyBind()
    {
        var value = Assert.IsType<Node.Operation>(Value("a || b && !c == d"));

        Assert.Equal("||", value.Operator);
        var right = Assert.IsType<Node.Operation>(value.Operands[1]);
        Assert.Equal("&&", right.Operator);
        Assert.Equal("==", Assert.IsType<Node.Operation>(right.Operands[1]).Operator);
    }

    [Fact]
    public void Parse_InterpolationInsideAnInterpolation_KeepsItsPieces()
    {
        var text = Assert.IsType<Node.Text>(Value("'a${empty(b) ? '{' : 'x${c}'}z'"));

        Assert.Equal(["a", "z"], text.Parts.OfType<string>());
        var choice = Assert.IsType<Node.Choice>(text.Parts[1]);
        Assert.Equal("{", Assert.IsType<Node.Text>(choice.Then).Plain);
        Assert.Equal(2, Assert.IsType<Node.Text>(choice.Else).Parts.Count);
    }

    [Fact]
    public void Parse_CallOverLinesWithLambdas_IsOneExpression()
    {
        var call = Assert.IsType<Node.Call>(Value("concat(\n  map(a, x => { name: x, n: 1 }),\n  reduce(b, [], (sum, x) => sum))"));

        Assert.Equal(2, call.Arguments.Count);
        var lambda = Assert.IsType<Node.Lambda>(Assert.IsType<Node.Call>(call.Arguments[0]).Arguments[1]);
        Assert.Equal(2, Assert.IsType<Node.Object>(lambda.Body).Properties.Count);
    }

    [Fact]
    public void Parse_SafeMemberOfAModule_IsAMemberLikeAnyOther() =>
        Assert.Equal("x", Assert.IsType<Node.Member>(Assert.IsType<Node.Operation>(Value("m.?outputs.x ?? ''")).Operands[0]).Key);

    [Fact]
    public void Parse_CommentsOfAllKinds_AreNoWordsButKeptByLine()
    {
        var template = Parser.Parse("a.bicep", "/* one\n two */\nvar a = 1 // three\n#disable-next-line x\nvar b = '''it''s'''\n");

        Assert.Equal(["a", "b"], template.Declarations.Select(declaration => declaration.Name));
        Assert.Equal("three", template.Comments[3]);
        Assert.Equal("it''s", Assert.IsType<Node.Text>(template.Declarations[1].Value).Plain);
    }

    [Theory]
    [InlineData("var a = 'no end\n", "line 1: a text has no end")]
    [InlineData("var a = {\n  b\n}\n", "line 2: found the end of the line where ':' is needed")]
    [InlineData("var a = {\n  b: 1 c: 2\n}\n", "line 2: found 'c' where a comma")]
    [InlineData("var a =\n", "line 1: found the end of the line where a value is needed")]
    [InlineData("var a = 1 2\n", "line 1: found '2' where the end of the line is needed")]
    [InlineData("type a = string\n", "line 1: 'type' is not known")]
    [InlineData("var a = '\\q'\n", "line 1: \\q means nothing")]
    [InlineData("var a = f(1\n", "found the end of the file where")]
    [InlineData("var a = 'x${b c}'\n", "found 'c' where the end of the interpolation is needed")]
    [InlineData("/* open", "a comment has no end")]
    public void Parse_WhatIsNoBicep_IsRefusedWithItsLine(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BicepException>(() => Parser.Parse("a.bicep", text)).Message);

    private static Node Value(string expression) => Parser.Parse("a.bicep", $"var v = {expression}\n").Declarations[0].Value!;
}
