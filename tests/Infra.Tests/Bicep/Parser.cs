namespace FuturesBot.Infra.Tests.Bicep;

/// <summary>
/// Reads the part of Bicep that these templates use: declarations with decorators, objects, arrays, texts with interpolation, loops,
/// conditions, lambdas, calls and operators. What it does not know (types of one's own, functions of one's own, imports, nested
/// resources, spread) it refuses with the line, so that nothing goes unread.
/// </summary>
public sealed class Parser
{
    private static readonly string[][] Precedence =
        [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];

    private readonly IReadOnlyList<Token> _tokens;
    private int _at;
    private int _brackets;   // inside ( ) a line's end means nothing

    private Parser(IReadOnlyList<Token> tokens) => _tokens = tokens;

    /// <exception cref="BicepException">What is not understood, with its line.</exception>
    public static Template Parse(string path, string text)
    {
        var (tokens, comments) = Lexer.Read(text);
        var parser = new Parser(tokens);
        var scope = "resourceGroup";
        var declarations = new List<Declaration>();
        for (parser.SkipLines(); parser.Here.Kind is not TokenKind.End; parser.SkipLines())
        {
            if (parser.Here.IsWord("targetScope"))
            {
                parser._at++;
                parser.Expect("=");
                scope = (parser.Expression() as Node.Text)?.Plain ?? throw parser.Fault("a scope's name");
            }
            else
            {
                declarations.Add(parser.Declaration());
            }

            if (parser.Here.Kind is not (TokenKind.NewLine or TokenKind.End)) throw parser.Fault("the end of the line");
        }

        return new(path, scope, declarations, comments);
    }

    private Token Here
    {
        get
        {
            if (_brackets > 0) SkipLines();
            return _tokens[_at];
        }
    }

    private Token Next()
    {
        var token = Here;
        _at++;
        return token;
    }

    private BicepException Fault(string wanted) =>
        new(_tokens[_at].Line, $"found {Show(_tokens[_at])} where {wanted} is needed");

    private static string Show(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Text => "a text",
        _ => $"'{token.Value}'",
    };

    private void SkipLines()
    {
        while (_tokens[_at].Kind is TokenKind.NewLine) _at++;
    }

    private bool Take(string symbol)
    {
        if (!Here.Is(symbol)) return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Fault($"'{symbol}'");
    }

    private string Word() => Here.Kind is TokenKind.Identifier ? Next().Value : throw Fault("a name");

    private string PlainText() => Here.Kind is TokenKind.Text && Primary() is Node.Text { Plain: { } text } ? text : throw Fault("a text without interpolation");

    private Declaration Declaration()
    {
        var decorators = new List<Node.Call>();
        while (Take("@"))
        {
            decorators.Add(Expression() as Node.Call ?? throw Fault("a decorator such as @description('…')"));
            SkipLines();
        }

        var line = Here.Line;
        var word = Word();
        return word switch
        {
            "param" => Parameter(),
            "var" => new(DeclarationKind.Variable, Word(), line, "", false, Assigned(), decorators),
            "output" => new(DeclarationKind.Output, Word(), line, TypeText(), false, Assigned(), decorators),
            "resource" => Resource(),
            "module" => new(DeclarationKind.Module, Word(), line, PlainText(), false, Assigned(), decorators),
            _ => throw new BicepException(line, $"'{word}' is not known; targetScope, param, var, resource, module and output are"),
        };

        Declaration Parameter()
        {
            var (name, type) = (Word(), TypeText());
            return new(DeclarationKind.Parameter, name, line, type, false, Here.Is("=") ? Assigned() : null, decorators);
        }

        Declaration Resource()
        {
            var (name, of) = (Word(), PlainText());
            var existing = Here.IsWord("existing");
            if (existing) _at++;
            return new(DeclarationKind.Resource, name, line, of, existing, Assigned(), decorators);
        }
    }

    private Node Assigned()
    {
        Expect("=");
        return Expression();
    }

    private string TypeText()
    {
        var words = new List<string>();
        while (Here.Kind is not (TokenKind.NewLine or TokenKind.End) && !Here.Is("="))
            words.Add(Here.Kind is TokenKind.Text ? $"'{PlainText()}'" : Next().Value);
        return words.Count > 0 ? string.Concat(words) : throw Fault("a type");
    }

    private Node Expression()
    {
        var condition = Binary(0);
        if (!Here.Is("?")) return condition;
        var line = Next().Line;
        var then = Expression();
        Expect(":");
        return new Node.Choice(line, condition, then, Expression());
    }

    private Node Binary(int level)
    {
        if (level == Precedence.Length) return Unary();
        var left = Binary(level + 1);
        while (Here.Kind is TokenKind.Symbol && Precedence[level].Contains(Here.Value))
        {
            var sign = Next();
            left = new Node.Operation(sign.Line, sign.Value, [left, Binary(level + 1)]);
        }

        return left;
    }

    private Node Unary()
    {
        if (!Here.Is("!") && !Here.Is("-")) return Suffixed();
        var sign = Next();
        var operand = Unary();
        return sign.Value == "-" && operand is Node.Number number ? new Node.Number(sign.Line, -number.Value) : new Node.Operation(sign.Line, sign.Value, [operand]);
    }

    private Node Suffixed()
    {
        var node = Primary();
        while (true)
        {
            var line = Here.Line;
            if (Take(".") || Take(".?"))
            {
                var key = Word();
                node = Here.Is("(") ? new Node.Call(line, node, key, Arguments()) : new Node.Member(line, node, key);
            }
            else if (Here.Is("[") || Here.Is("[?"))
            {
                _at++;
                node = new Node.Index(line, node, Expression());
                Expect("]");
            }
            else if (Here.Is("!"))
            {
                _at++;   // a promise that it is not null
            }
            else
            {
                return node;
            }
        }
    }

    private Node Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return new Node.Number(token.Line, long.Parse(token.Value));
            case TokenKind.Text:
                _at++;
                return new Node.Text(token.Line, [.. token.Parts!.Select(part => part.Plain ?? (object)Inner(part.Inner!))]);
            case TokenKind.Symbol when token.Is("{"):
                return Object();
            case TokenKind.Symbol when token.Is("["):
                return List();
            case TokenKind.Symbol when token.Is("("):
                return LambdaAhead() ? Lambda() : Bracketed();
            case TokenKind.Identifier:
                return Named();
            default:
                throw Fault("a value");
        }
    }

    private static Node Inner(IReadOnlyList<Token> tokens)
    {
        var parser = new Parser(tokens);
        var node = parser.Expression();
        return parser.Here.Kind is TokenKind.End ? node : throw parser.Fault("the end of the interpolation");
    }

    private Node Named()
    {
        var token = Next();
        if (token.Value is "true" or "false") return new Node.Flag(token.Line, token.Value == "true");
        if (token.Value is "null") return new Node.Null(token.Line);
        if (token.Value is "if")
        {
            Expect("(");
            var when = Within(Expression);
            Expect(")");
            return new Node.Condition(token.Line, when, Object());
        }

        if (Take("=>")) return new Node.Lambda(token.Line, [token.Value], Expression());
        return Here.Is("(") ? new Node.Call(token.Line, null, token.Value, Arguments()) : new Node.Name(token.Line, token.Value);
    }

    private Node Bracketed()
    {
        Expect("(");
        var node = Within(Expression);
        Expect(")");
        return node;
    }

    /// <summary>Between brackets lines may end anywhere; the closing one is read outside.</summary>
    private T Within<T>(Func<T> read)
    {
        _brackets++;
        var result = read();
        SkipLines();
        _brackets--;
        return result;
    }

    private Node[] Arguments()
    {
        Expect("(");
        var arguments = Within(() =>
        {
            var found = new List<Node>();
            if (Here.Is(")")) return found;
            do found.Add(Expression()); while (Take(","));
            return found;
        });
        Expect(")");
        return [.. arguments];
    }

    private bool LambdaAhead()
    {
        var at = _at + 1;
        while (_tokens[at].Kind is TokenKind.Identifier || _tokens[at].Is(",")) at++;
        return _tokens[at].Is(")") && _tokens[at + 1].Is("=>");
    }

    private Node.Lambda Lambda()
    {
        var line = Next().Line;
        var parameters = new List<string>();
        while (!Take(")"))
        {
            parameters.Add(Word());
            Take(",");
        }

        Expect("=>");
        return new(line, parameters, Expression());
    }

    private Node.Object Object()
    {
        var line = Here.Line;
        Expect("{");
        var properties = Items("}", () =>
        {
            var key = Here;
            var text = key.Kind is TokenKind.Text ? (Node.Text)Primary() : null;
            var name = text is null ? Word() : text.Plain;
            Expect(":");
            return new Property(key.Line, name, text, Expression());
        });
        return new(line, properties);
    }

    private Node List()
    {
        var line = Here.Line;
        Expect("[");
        if (!Here.IsWord("for")) return new Node.List(line, Items("]", Expression));

        _at++;
        var variables = new List<string>();
        if (Take("("))
        {
            variables.Add(Word());
            Expect(",");
            variables.Add(Word());
            Expect(")");
        }
        else
        {
            variables.Add(Word());
        }

        if (!Here.IsWord("in")) throw Fault("'in'");
        _at++;
        var over = Expression();
        Expect(":");
        var body = Expression();
        Expect("]");
        return new Node.Loop(line, variables, over, body);
    }

    private List<T> Items<T>(string end, Func<T> read)
    {
        var brackets = _brackets;
        _brackets = 0;   // inside { } and [ ] lines divide again
        var items = new List<T>();
        SkipLines();
        while (!Here.Is(end))
        {
            items.Add(read());
            if (Here.Is(end)) break;
            if (!Take(",") && Here.Kind is not TokenKind.NewLine) throw Fault($"a comma, a new line or '{end}'");
            SkipLines();
        }

        Expect(end);
        _brackets = brackets;
        return items;
    }
}
