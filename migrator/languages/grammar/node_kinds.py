"""The kinds of nodes of all grammars, by the names of their types: the same words mean the same in each."""

from __future__ import annotations


def _split_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMENT = _split_words("comment line_comment block_comment multiline_comment hash_bang_line shebang html_comment")
STRING = _split_words(
    """string template_string encapsed_string heredoc nowdoc interpreted_string_literal raw_string_literal
    string_literal multiline_string_literal verbatim_string_literal interpolated_string_expression raw_string
    heredoc_body ansi_c_string translated_string bare_string simple_symbol delimited_symbol hash_key_symbol word
    extglob_pattern shell_command_expression subshell jsx_text text quoted_attribute_value"""
)
#: What a string is written with; everything else inside of one is put into it.
WRITTEN = _split_words(
    """string_fragment string_content string_value escape_sequence interpreted_string_literal_content
    raw_string_literal_content string_literal_content raw_string_content raw_string_start raw_string_end
    multiline_string_fragment interpolation_start interpolation_quote heredoc_start heredoc_content heredoc_end
    nowdoc_string nowdoc_body string_start string_end string_literal_encoding heredoc_beginning bare_symbol"""
)
PUT_IN = _split_words("template_substitution interpolation expansion simple_expansion")
JOINED = _split_words("concatenation chained_string")
BINARY = _split_words("binary_expression binary infix_expression additive_expression string_concatenation")
#: Nodes around an expression that do not change its value.
AROUND = _split_words(
    """parenthesized_expression as_expression satisfies_expression non_null_expression type_assertion
    parenthesized_statements expression_list literal_element argument value_argument cast_expression
    unary_expression await_expression await postfix_unary_expression heredoc_redirect equals_value_clause"""
)
CALL = _split_words(
    """call_expression call method_invocation invocation_expression function_call_expression member_call_expression
    nullsafe_member_call_expression scoped_call_expression new_expression object_creation_expression command
    implicit_object_creation_expression"""
)
MEMBER = _split_words(
    """member_expression selector_expression field_access member_access_expression navigation_expression
    nullsafe_member_access_expression class_constant_access_expression scoped_property_access_expression
    scope_resolution nested_identifier conditional_access_expression"""
)
SUBSCRIPT = _split_words(
    "subscript_expression index_expression element_reference element_access_expression array_access"
)
NAME = _split_words(
    """identifier constant variable_name instance_variable class_variable global_variable name simple_identifier
    shorthand_property_identifier property_identifier field_identifier type_identifier
    shorthand_property_identifier_pattern private_property_identifier this self"""
)
PAIR = _split_words(
    "pair array_element_initializer keyed_element infix_expression assignment_expression element pair_pattern"
)
OBJECT = _split_words(
    """object array_creation_expression hash literal_value composite_literal anonymous_object_creation_expression
    initializer_expression implicit_array_creation_expression object_pattern argument_list arguments value_arguments
    array array_initializer list collection_literal"""
)
LIST = _split_words(
    """array array_creation_expression literal_value array_initializer initializer_expression union_type string_array
    argument_list arguments value_arguments enum_body enum_member_declaration_list list collection_literal
    enum_declaration_list match_condition_list"""
)
FUNCTION = _split_words(
    """function_declaration function_expression function arrow_function method_definition generator_function
    generator_function_declaration function_definition method_declaration func_literal method singleton_method lambda
    lambda_expression anonymous_function anonymous_function_creation_expression local_function_statement
    constructor_declaration anonymous_method_expression lambda_literal do_block class_static_block
    accessor_declaration"""
)
DECLARES = _split_words(
    """variable_declarator assignment_expression assignment const_element property_element const_spec var_spec
    short_var_declaration public_field_definition field_definition variable_assignment property_declaration
    assignment_statement assignment_pattern required_parameter optional_parameter simple_parameter enum_assignment
    keyword_parameter"""
)
TYPE = _split_words(
    """interface_declaration interface_body object_type type_literal struct_type class_declaration class_body
    field_declaration_list record_declaration declaration_list class_specifier"""
)
CLASS = _split_words("class class_declaration module object_declaration interface_declaration record_declaration")
FIELD = _split_words(
    """property_signature public_field_definition field_definition field_declaration property_declaration
    parameter class_parameter formal_parameter property_element"""
)
SWITCH = _split_words(
    """switch_statement switch_expression expression_switch_statement match_expression case case_match
    case_statement when_expression type_switch_statement"""
)
CASE = _split_words(
    """switch_case case_statement expression_case switch_label switch_section switch_block_statement_group
    switch_rule when when_entry pattern constant_pattern case_item match_conditional_expression
    match_condition_list switch_expression_arm in_clause or_pattern when_condition switch_body switch_block
    match_block expression_list"""
)
IMPORT = _split_words(
    """import_statement import_declaration import_spec namespace_use_declaration using_directive import import_header
    export_statement require_expression require_once_expression include_expression include_once_expression"""
)
