using System.Text.RegularExpressions;
using FuturesBot.Infra.Tests.Bicep;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>
/// The rules over a folder of templates. What it cannot see: the types of expressions, quotas, what a region offers, what a service
/// checks itself, and whether a loop's or a name's value is right when it is built at deployment. The real compiler does the first.
/// </summary>
/// <param name="read">Text of a file by its path from the folder's root, or null when there is none.</param>
/// <param name="types">The platform's types.</param>
/// <param name="roles">The built-in roles.</param>
public sealed partial class Linter(Func<string, string?> read, TypeTable types, RoleTable roles)
{
    private static readonly string[] Functions =
    [
        "any", "array", "az", "base64", "bool", "concat", "contains", "coalesce", "createArray", "createObject", "dateTimeAdd", "deployer", "deployment",
        "empty", "endsWith", "environment", "extensionResourceId", "filter", "first", "flatten", "format", "guid", "indexOf", "int", "intersection", "items",
        "join", "json", "last", "lastIndexOf", "length", "loadFileAsBase64", "loadJsonContent", "loadTextContent", "loadYamlContent", "managementGroup", "map",
        "mapValues", "max", "min", "newGuid", "objectKeys", "padLeft", "pickZones", "range", "reduce", "reference", "replace", "resourceGroup", "resourceId",
        "skip", "sort", "split", "startsWith", "string", "subscription", "subscriptionResourceId", "substring", "take", "tenant", "tenantResourceId", "toLower",
        "toObject", "toUpper", "trim", "union", "uniqueString", "uri", "uriComponent", "utcNow",
    ];

    private static readonly string[] Decorators =
        ["allowed", "batchSize", "description", "maxLength", "maxValue", "metadata", "minLength", "minValue", "secure"];

    // What a module itself may say.
    private static readonly string[] OfModules = ["name", "scope", "params", "dependsOn", "identity"];

    // Top-level properties that every resource has, whether or not its type names them.
    private static readonly string[] OfResources = ["id", "name", "type", "apiVersion", "properties"];

    // Flex Consumption refuses these, or takes them for something else (docs/azure.md).
    private static readonly string[] NeverOnFlex =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY",
        "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_VNET_ROUTE_ALL", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED", "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD", "WEBSITE_TIME_ZONE", "TZ", "AzureWebJobsStorage",
    ];

    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, Template?> _templates = [];

    /// <summary>Types and versions that were met, for the compact table.</summary>
    public HashSet<(string Type, string Version)> Used { get; } = [];

    public IReadOnlyCollection<Template> Templates => [.. _templates.Values.OfType<Template>()];

    /// <param name="roots">Files that are deployed by themselves; modules are found from them.</param>
    /// <param name="outputsRead">Outputs of the first root that somebody outside reads.</param>
    public IReadOnlyList<Finding> Lint(IReadOnlyList<string> roots, IReadOnlySet<string> outputsRead)
    {
        foreach (var root in roots) Load(root);
        var asked = new HashSet<(string Path, string Output)>();
        foreach (var template in Templates) LintFile(template, asked);
        foreach (var template in Templates)
        {
            foreach (var output in template.Of(DeclarationKind.Output))
            {
                var used = roots.Contains(template.Path) ? outputsRead.Contains(output.Name) : asked.Contains((template.Path, output.Name));
                if (!used) Report(template, output.Line, "unused-output", $"nobody reads the output {output.Name}");
            }
        }

        return [.. _findings.OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line)];
    }

    private void Report(Template template, int line, string rule, string message) => _findings.Add(new(template.Path, line, rule, message));

    private Template? Load(string path)
    {
        if (_templates.TryGetValue(path, out var known)) return known;
        Template? template = null;
        try
        {
            if (read(path) is { } text) template = Parser.Parse(path, text);
        }
        catch (BicepException fault)
        {
            _findings.Add(new(path, 0, "syntax", fault.Message));
        }

        _templates[path] = template;
        if (template is null) return null;
        foreach (var module in template.Of(DeclarationKind.Module)) Load(Resolve(path, module.Of));
        return template;
    }

    private static string Resolve(string from, string path)
    {
        var parts = new Stack<string>(from.Split('/')[..^1]);
        foreach (var part in path.Split('/'))
        {
            if (part is "..") parts.TryPop(out _);
            else if (part is not ".") parts.Push(part);
        }

        return string.Join('/', parts.Reverse());
    }

    private void LintFile(Template template, HashSet<(string Path, string Output)> asked)
    {
        var symbols = new Dictionary<string, Declaration>();
        foreach (var declaration in template.Declarations.Where(declaration => declaration.Kind is not DeclarationKind.Output))
        {
            if (!symbols.TryAdd(declaration.Name, declaration)) Report(template, declaration.Line, "twice", $"{declaration.Name} is declared twice");
        }

        var variables = symbols.Values.Where(symbol => symbol is { Kind: DeclarationKind.Variable, Value: not null })
            .ToDictionary(symbol => symbol.Name, symbol => symbol.Value!);
        var checker = new TypeChecker(types, variables, (line, rule, message) => Report(template, line, rule, message));
        var used = new HashSet<string>();

        foreach (var declaration in template.Declarations)
        {
            LintDecorators(template, declaration);
            if (declaration.Value is { } value) Walk(value, []);
            foreach (var argument in declaration.Decorators.SelectMany(decorator => decorator.Arguments)) Walk(argument, []);
            if (declaration.Kind is DeclarationKind.Resource) LintResource(template, declaration, checker);
            if (declaration.Kind is DeclarationKind.Module) LintModule(template, declaration);
            if (declaration is { Kind: DeclarationKind.Output, Value: not null } && Secrets(declaration.Value).FirstOrDefault() is { } secret)
                Report(template, declaration.Line, "secret-output", $"the output {declaration.Name} tells the secret {secret}, which would stay in the deployment's history");
        }

        foreach (var symbol in symbols.Values.Where(symbol => symbol.Kind is DeclarationKind.Parameter or DeclarationKind.Variable && !used.Contains(symbol.Name)))
            Report(template, symbol.Line, symbol.Kind is DeclarationKind.Parameter ? "unused-parameter" : "unused-variable", $"nobody uses {symbol.Name}");

        void Walk(Node node, string[] locals)
        {
            switch (node)
            {
                case Node.Name name:
                    used.Add(name.Value);
                    if (!symbols.ContainsKey(name.Value) && !locals.Contains(name.Value))
                        Report(template, name.Line, "reference", $"{name.Value} is declared nowhere");
                    break;
                case Node.Text text:
                    LintText(template, text);
                    foreach (var inner in text.Parts.OfType<Node>()) Walk(inner, locals);
                    break;
                case Node.Object value:
                    foreach (var property in value.Properties)
                    {
                        if (property.KeyText is { } key) Walk(key, locals);
                        Walk(property.Value, locals);
                    }

                    break;
                case Node.List list:
                    foreach (var item in list.Items) Walk(item, locals);
                    break;
                case Node.Loop loop:
                    Walk(loop.Over, locals);
                    Walk(loop.Body, [.. locals, .. loop.Variables]);
                    break;
                case Node.Condition condition:
                    Walk(condition.When, locals);
                    Walk(condition.Body, locals);
                    break;
                case Node.Member member:
                    LintMember(template, member, symbols, locals, asked);
                    Walk(member.Of, locals);
                    break;
                case Node.Index index:
                    Walk(index.Of, locals);
                    Walk(index.Key, locals);
                    break;
                case Node.Call call:
                    LintCall(template, call);
                    if (call.Of is { } of) Walk(of, locals);
                    foreach (var argument in call.Arguments) Walk(argument, locals);
                    break;
                case Node.Lambda lambda:
                    Walk(lambda.Body, [.. locals, .. lambda.Parameters]);
                    break;
                case Node.Choice choice:
                    Walk(choice.When, locals);
                    Walk(choice.Then, locals);
                    Walk(choice.Else, locals);
                    break;
                case Node.Operation operation:
                    foreach (var operand in operation.Operands) Walk(operand, locals);
                    break;
            }
        }

        // A condition on a secret (empty or not) tells nothing of it; only a value that is passed on does.
        IEnumerable<string> Secrets(Node node) => node switch
        {
            Node.Name name when symbols.TryGetValue(name.Value, out var symbol) && symbol.Decorator("secure") is not null => [name.Value],
            Node.Name name when variables.TryGetValue(name.Value, out var behind) => Secrets(behind),
            Node.Text text => text.Parts.OfType<Node>().SelectMany(Secrets),
            Node.Choice choice => Secrets(choice.Then).Concat(Secrets(choice.Else)),
            Node.Call { Function: not ("empty" or "length") } call => call.Arguments.SelectMany(Secrets),
            Node.Object value => value.Properties.SelectMany(property => Secrets(property.Value)),
            Node.List list => list.Items.SelectMany(Secrets),
            Node.Loop loop => Secrets(loop.Body),
            _ => [],
        };
    }

    private void LintDecorators(Template template, Declaration declaration)
    {
        foreach (var decorator in declaration.Decorators.Where(decorator => !Decorators.Contains(decorator.Function)))
            Report(template, decorator.Line, "decorator", $"@{decorator.Function} is not known; known are {string.Join(", ", Decorators)}");
        if (declaration.Kind is not DeclarationKind.Parameter) return;
        if (Allowed(declaration) is { } allowed && declaration.Value is { } value && Literal(value) is { } given && !allowed.Contains(given))
            Report(template, declaration.Line, "default", $"the default of {declaration.Name} was '{given}'; allowed are {string.Join(", ", allowed)}");
        if (Numbers(declaration) is { } range && declaration.Value is Node.Number number && (number.Value < range.Least || number.Value > range.Most))
            Report(template, declaration.Line, "default", $"the default of {declaration.Name} was {number.Value}, outside {range.Least} to {range.Most}");
    }

    private void LintResource(Template template, Declaration resource, TypeChecker checker)
    {
        var parts = resource.Of.Split('@');
        if (parts.Length != 2)
        {
            Report(template, resource.Line, "type", $"'{resource.Of}' is no Type@version");
            return;
        }

        if (types.Find(parts[0], parts[1], out var why) is not { } found)
        {
            Report(template, resource.Line, "type", why);
            return;
        }

        Used.Add((parts[0], parts[1]));
        if (resource.Body is not { } body)
        {
            Report(template, resource.Line, "body", $"{resource.Name} has no body");
            return;
        }

        var scoped = body["scope"] is not null;
        var here = template.Scope switch { "subscription" => 4, "managementGroup" => 2, "tenant" => 1, _ => 8 };
        if (!resource.Existing && (found.Scopes & (scoped ? 16 : here)) == 0)
            Report(template, resource.Line, "scope", $"{parts[0]} cannot stand {(scoped ? "on another resource" : $"in a template for a {template.Scope}")}");
        LintParent(template, resource, body, parts[0]);

        if (resource.Existing)
        {
            foreach (var property in body.Properties.Where(property => property.Key is not ("name" or "parent" or "scope")))
                Report(template, property.Line, "existing", $"{resource.Name} is only referred to, so it cannot be given {property.Key}");
            return;
        }

        checker.CheckResource(found.Body, body, resource.Name);
        if (parts[0] is "Microsoft.Authorization/roleAssignments" && body["name"] is not Node.Call { Function: "guid" })
            Report(template, resource.Line, "role-name", $"the name of {resource.Name} has to be guid(…) of scope, principal and role");
    }

    private void LintParent(Template template, Declaration resource, Node.Object body, string type)
    {
        var depth = type.Count(sign => sign == '/');
        if (depth < 2 || body["parent"] is not { } parent) return;
        var symbol = (parent is Node.Index index ? index.Of : parent) as Node.Name;
        var declared = template.Of(DeclarationKind.Resource).FirstOrDefault(other => other.Name == symbol?.Value);
        if (declared is null) return;   // a dangling reference is found elsewhere
        var wanted = type[..type.LastIndexOf('/')];
        if (declared.Of.Split('@')[0] != wanted)
            Report(template, resource.Line, "parent", $"the parent of {resource.Name} has to be a {wanted}, {declared.Name} is a {declared.Of.Split('@')[0]}");
    }

    private void LintModule(Template template, Declaration module)
    {
        var path = Resolve(template.Path, module.Of);
        if (Load(path) is not { } target)
        {
            if (_findings.All(finding => finding.Path != path)) Report(template, module.Line, "module", $"there is no file {path}");
            return;
        }

        if (module.Body is not { } body) return;
        foreach (var property in body.Properties.Where(property => property.Key is null || !OfModules.Contains(property.Key)))
            Report(template, property.Line, "property", $"a module has no {property.Key}; it has {string.Join(", ", OfModules)}");
        if (target.Scope != template.Scope && body["scope"] is null)
            Report(template, module.Line, "scope", $"{module.Name} is deployed to a {target.Scope}, this file to a {template.Scope}: it needs scope");

        var given = (body["params"] as Node.Object)?.Properties ?? [];
        var parameters = target.Of(DeclarationKind.Parameter).DistinctBy(parameter => parameter.Name).ToDictionary(parameter => parameter.Name);
        foreach (var property in given)
        {
            if (property.Key is null || !parameters.TryGetValue(property.Key, out var parameter))
            {
                Report(template, property.Line, "module-parameter", $"{path} has no parameter {property.Key}; it has {string.Join(", ", parameters.Keys)}");
                continue;
            }

            if (Literal(property.Value) is { } literal && Allowed(parameter) is { } allowed && !allowed.Contains(literal))
                Report(template, property.Line, "module-parameter", $"{property.Key} was '{literal}'; allowed are {string.Join(", ", allowed)}");
            if (!Fits(property.Value, parameter.Of))
                Report(template, property.Line, "module-parameter", $"{property.Key} needs {parameter.Of}");
            if (property.Value is Node.Name name && parameter.Decorator("secure") is null
                && template.Declarations.Any(own => own.Name == name.Value && own.Decorator("secure") is not null))
            {
                Report(template, property.Line, "secret-parameter", $"{property.Key} of {path} is not @secure, but gets the secret {name.Value}");
            }
        }

        foreach (var missing in parameters.Values.Where(parameter => parameter.Value is null && !parameter.Of.EndsWith('?')))
        {
            if (given.All(property => property.Key != missing.Name))
                Report(template, module.Line, "module-parameter", $"{module.Name} does not give {missing.Name} to {path}");
        }
    }

    private void LintMember(Template template, Node.Member member, Dictionary<string, Declaration> symbols, string[] locals, HashSet<(string, string)> asked)
    {
        // x.outputs.y, x[0].outputs.y
        if (member.Of is Node.Member { Key: "outputs" } outputs && Symbol(outputs.Of) is { Kind: DeclarationKind.Module } module)
        {
            var path = Resolve(template.Path, module.Of);
            asked.Add((path, member.Key));
            if (Load(path) is { } target && target.Of(DeclarationKind.Output).All(output => output.Name != member.Key))
                Report(template, member.Line, "output", $"{path} has no output {member.Key}");
            return;
        }

        if (Symbol(member.Of) is { } symbol)
        {
            if (symbol.Kind is DeclarationKind.Module && member.Key is not ("outputs" or "name"))
                Report(template, member.Line, "member", $"the module {symbol.Name} has outputs and name, not {member.Key}");
            if (symbol.Kind is DeclarationKind.Resource && Body(symbol) is { } body && !OfResources.Contains(member.Key) && body["props"]?[member.Key] is null)
                Report(template, member.Line, "member", $"{symbol.Of} has no {member.Key}");
            return;
        }

        // resource.properties.a.b…: as far as the types go; what the platform sets has none.
        if (Chain(member) is { } chain && symbols.TryGetValue(chain.Root, out var resource) && !locals.Contains(chain.Root)
            && resource.Kind is DeclarationKind.Resource && Body(resource) is { } type)
        {
            foreach (var key in chain.Keys)
            {
                if ((string?)type["k"] is not "object" || type["additional"] is not null) return;
                if (type["props"]![key] is not { } known)
                {
                    Report(template, member.Line, "member", $"{resource.Of} has no {string.Join('.', chain.Keys)}");
                    return;
                }

                if (known.AsArray().Count < 2) return;
                type = types.Type((int)known[1]!);
            }
        }

        Declaration? Symbol(Node node) => (node is Node.Index index ? index.Of : node) is Node.Name name && !locals.Contains(name.Value)
            ? symbols.GetValueOrDefault(name.Value)
            : null;

        System.Text.Json.Nodes.JsonNode? Body(Declaration declaration) =>
            declaration.Of.Split('@') is [var name, var version] && types.Find(name, version, out _) is { } found ? types.Type(found.Body) : null;
    }

    private static (string Root, IReadOnlyList<string> Keys)? Chain(Node.Member member)
    {
        var keys = new Stack<string>();
        Node node = member;
        while (node is Node.Member { } step)
        {
            keys.Push(step.Key);
            node = step.Of;
        }

        return node is Node.Name name ? (name.Value, [.. keys]) : null;
    }

    private void LintCall(Template template, Node.Call call)
    {
        if (call.Of is null && !Functions.Contains(call.Function))
            Report(template, call.Line, "function", $"there is no function {call.Function}");
        if (call.Function is "loadTextContent" or "loadJsonContent" or "loadYamlContent" && call.Arguments is [Node.Text { Plain: { } path }, ..]
            && read(Resolve(template.Path, path)) is null)
        {
            Report(template, call.Line, "file", $"there is no file {Resolve(template.Path, path)}");
        }
    }

    private void LintText(Template template, Node.Text text)
    {
        if (text.Plain is not { } plain) return;
        if (NeverOnFlex.Contains(plain)) Report(template, text.Line, "setting", $"{plain} must not be set on Flex Consumption");
        if (!RoleId().IsMatch(plain)) return;
        if (roles.WhyFalse(plain) is { } why) Report(template, text.Line, "role", $"{plain} is false: {why}");
        else if (roles.NameOf(plain) is not { } name) Report(template, text.Line, "role", $"{plain} is the id of no known role");
        else if (template.Comments.GetValueOrDefault(text.Line) != name) Report(template, text.Line, "role", $"{plain} is '{name}'; the comment on its line has to say so");
    }

    /// <summary>The allowed values of a parameter, or null when it does not say.</summary>
    public static IReadOnlyList<string>? Allowed(Declaration parameter) =>
        parameter.Decorator("allowed")?.Arguments is [Node.List list] ? [.. list.Items.Select(Literal).OfType<string>()] : null;

    /// <summary>The range of a number, or null when the parameter is none or does not say.</summary>
    public static (long Least, long Most)? Numbers(Declaration parameter)
    {
        if (parameter.Of is not "int") return null;
        return (Value("minValue") ?? long.MinValue, Value("maxValue") ?? long.MaxValue);

        long? Value(string decorator) => parameter.Decorator(decorator)?.Arguments is [Node.Number number] ? number.Value : null;
    }

    /// <summary>A literal as it would stand in a file of parameters, or null.</summary>
    public static string? Literal(Node node) => node switch
    {
        Node.Text text => text.Plain,
        Node.Number number => number.Value.ToString(),
        Node.Flag flag => flag.Value ? "true" : "false",
        _ => null,
    };

    private static bool Fits(Node value, string type) => (value, type.TrimEnd('?')) switch
    {
        (Node.Text, "int" or "bool" or "object" or "array") => false,
        (Node.Number, "string" or "bool" or "object" or "array") => false,
        (Node.Flag, "string" or "int" or "object" or "array") => false,
        (Node.Object, "string" or "int" or "bool" or "array") => false,
        (Node.List or Node.Loop, "string" or "int" or "bool" or "object") => false,
        _ => true,
    };

    [GeneratedRegex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleId();
}
