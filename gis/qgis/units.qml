<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
    <rules>
      <rule label="đạt 0–7/19 tiêu chí" filter="criteria_met * 19 &lt; criteria_total * 8" symbol="0" key="met-0"/>
      <rule label="đạt 8–9/19 tiêu chí" filter="criteria_met * 19 &gt;= criteria_total * 8 AND criteria_met * 19 &lt; criteria_total * 10" symbol="1" key="met-8"/>
      <rule label="đạt 10–11/19 tiêu chí" filter="criteria_met * 19 &gt;= criteria_total * 10 AND criteria_met * 19 &lt; criteria_total * 12" symbol="2" key="met-10"/>
      <rule label="đạt 12–14/19 tiêu chí" filter="criteria_met * 19 &gt;= criteria_total * 12 AND criteria_met * 19 &lt; criteria_total * 15" symbol="3" key="met-12"/>
      <rule label="đạt 15–19/19 tiêu chí" filter="criteria_met * 19 &gt;= criteria_total * 15" symbol="4" key="met-15"/>
      <rule label="không xét tiêu chí" filter="criteria_met IS NULL" symbol="5" key="met-none"/>
      <rule label="ranh giới sơ họa, không phải đo đạc" filter="position = 'sketch'" symbol="6" key="sketch"/>
      <rule label="ranh giới đo đạc hoặc số hóa từ bản đồ" filter="position &lt;&gt; 'sketch'" symbol="7" key="surveyed"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="244,241,228,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="224,223,180,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="191,209,142,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="143,187,108,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="79,154,77,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="230,230,230,255"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_style" type="QString" value="no"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="1">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="0.9"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="round"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="1">
          <Option type="Map">
            <Option name="line_color" type="QString" value="68,68,68,255"/>
            <Option name="line_width" type="QString" value="0.5"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="use_custom_dash" type="QString" value="1"/>
            <Option name="customdash" type="QString" value="2.2;1.6"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="2">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="0.9"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="round"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="2">
          <Option type="Map">
            <Option name="line_color" type="QString" value="68,68,68,255"/>
            <Option name="line_width" type="QString" value="0.6"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="round"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="name || coalesce('\n' || criteria_met || '/' || criteria_total, '')" isExpression="1" fontFamily="Arial" fontSize="11" fontSizeUnit="Point" fontWeight="75" namedStyle="Bold" textColor="17,17,17,255" textOpacity="1" multilineHeight="1.1">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" bufferJoinStyle="128"/>
      </text-style>
      <text-format multilineAlign="1"/>
      <placement placement="4" centroidInside="1" fitInPolygonOnly="0" priority="10"/>
      <rendering scaleVisibility="0" obstacle="0" displayAll="1"/>
    </settings>
  </labeling>
  <aliases>
    <alias field="unit_code" name="mã đơn vị"/>
    <alias field="name" name="tên"/>
    <alias field="kind" name="loại (mã)"/>
    <alias field="area_km2" name="diện tích [km²]"/>
    <alias field="population" name="dân số [người]"/>
    <alias field="lon" name="kinh độ"/>
    <alias field="lat" name="vĩ độ"/>
    <alias field="figures_source" name="nguồn số liệu"/>
    <alias field="position" name="cách xác định ranh giới (mã)"/>
    <alias field="position_vi" name="cách xác định ranh giới"/>
    <alias field="source" name="nguồn ranh giới"/>
    <alias field="criteria_total" name="tổng số tiêu chí"/>
    <alias field="criteria_met" name="số tiêu chí đạt"/>
    <alias field="criteria_in_hand" name="số tiêu chí đang thực hiện"/>
    <alias field="criteria_unfed" name="số tiêu chí chưa có công trình phục vụ"/>
    <alias field="works" name="số công việc"/>
    <alias field="works_unfinished" name="số công việc chưa xong"/>
    <alias field="works_overdue" name="số công việc quá hạn"/>
  </aliases>
  <previewExpression>name</previewExpression>
  <mapTip>&lt;b&gt;[% name %]&lt;/b&gt;&lt;br&gt;[% coalesce(criteria_met || '/' || criteria_total || ' tiêu chí', 'không xét tiêu chí') %]&lt;br&gt;[% works %] công việc, [% works_unfinished %] chưa xong, [% works_overdue %] quá hạn&lt;br&gt;&lt;i&gt;[% position_vi %]&lt;/i&gt;</mapTip>
</qgis>
